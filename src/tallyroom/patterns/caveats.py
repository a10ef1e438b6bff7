"""What each method takes for granted, and what else makes such figures: carried by every result."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CAVEATS", "Caveat"]


@dataclass(frozen=True)
class Caveat:
    """assumptions: what must hold for the figures to mean what they say; innocent: what else makes them."""

    assumptions: tuple[str, ...]
    innocent: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """Both lists."""
        return {"assumptions": list(self.assumptions), "innocent_explanations": list(self.innocent)}


CAVEATS = {
    "integer_percentages": Caveat(
        (
            "Each station's count would, if the day were repeated, vary as drawing voters one by one does.",
            "Turnout and share at a station vary independently of each other.",
        ),
        (
            "Rounded registers, or ballots handed out in round numbers, make whole percentages without a vote changed.",
            "Households and groups that vote alike make counts vary more than drawing one by one does; the expectation "
            "hardly depends on it.",
            "Of many areas or choices looked at, a few stand out by chance; the false discovery rate says how many.",
        ),
    ),
    "turnout_window": Caveat(
        (
            "With more turnout than in the window, the choice would have the same ratio to the others' votes as in it.",
            "Turnout has one usual value, and the window is there.",
        ),
        (
            "Town and country, age, distance and incomes move turnout and preference together: the estimate is then "
            "large in an honest election.",
            "A campaign that brings its voters to the polls raises turnout where it wins.",
            "Small closed stations (hospitals, ships, institutions) have high turnout and preferences of their own.",
        ),
    ),
    "fingerprint": Caveat(
        ("None: it is a picture.",),
        (
            "Peoples, regions, towns and villages have clouds of their own.",
            "Small closed stations lie near 100 % turnout in every country.",
        ),
    ),
    "histograms": Caveat(
        ("As for whole percentages.",),
        ("As for whole percentages; humps and shoulders come from regions that differ.",),
    ),
    "vote_rate": Caveat(
        ("Stations are comparable, and votes in them the sum of many independent decisions.",),
        ("A mixture of regions is skewed and has heavy tails without anything else.",),
    ),
    "slopes": Caveat(
        ("The relation between turnout and votes is a straight line.",),
        (
            "Places differ in turnout and preference for the same reasons: a slope says nothing of single voters.",
            "A choice whose voters are the keenest gains with turnout.",
        ),
    ),
    "last_digits": Caveat(
        ("Counts are large and spread over many hundreds, so that each last digit is as likely as another.",),
        (
            "Clerks who round to tens or fives.",
            "Stations of nearly the same size, or a limit on ballots at a station, put counts close together.",
        ),
    ),
    "klimek": Caveat(
        ("There is one main cloud of stations, and its middle is the lowest peak above 0.3.",),
        ("Where there are several clouds, or few stations, a small bump is taken for the main cloud.",),
    ),
}
