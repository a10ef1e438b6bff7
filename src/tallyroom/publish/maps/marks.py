"""What stands on a map in words: the title of each area, the legend, and the finding in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from tallyroom.publish import numbers
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say, say_n
from tallyroom.publish.maps.fills import COLOURS, LETTERS, Fill, swatch
from tallyroom.publish.maps.picture import Mark
from tallyroom.publish.maps.shading import MARGINS, Class, Standing
from tallyroom.tabulate.shares import decimal_text, rounded

__all__ = ["Key", "Marks", "leaders_say", "turnout_say"]

Key = tuple[tuple[Markup, str], ...]
_LISTED = 5  # leaders named in a sentence


@dataclass(frozen=True)
class Marks:
    """What each area of a map shows. order: the choices that lead somewhere; hrefs: area → where it leads."""

    edition: Edition
    order: Sequence[str]
    hrefs: Mapping[str, str]
    classes: Sequence[Class] = ()
    at: Mapping[str, int] = field(default_factory=dict)

    def letter(self, choice: str) -> str:
        """The letter of a choice: A for the one with most votes."""
        number = self.order.index(choice)
        return LETTERS[number] if number < len(LETTERS) else f"{number + 1}"

    def leader(self, one: Standing) -> Mark:
        """An area by who leads."""
        name = self.edition.name(one.area)
        text = {"leads": self.letter(one.first[0]) if one.first else "", "tied": "="}.get(one.state, "")
        return Mark(
            name,
            f"{name}: {self.says(one)}",
            self._fill(one),
            self.hrefs.get(one.area, ""),
            text,
            self._more(one),
            one.partly,
        )

    def turnout(self, one: Standing) -> Mark:
        """An area by its turnout."""
        name = self.edition.name(one.area)
        known = one.area in self.at
        fill = f"t{self.at[one.area]}" if known else one.state if one.state in ("out", "apart") else "unknown"
        text = numbers.text_of(_whole(one.turnout)) if known else ""
        more = numbers.percent(one.turnout_text) if known else _state(one)
        href = self.hrefs.get(one.area, "")
        return Mark(
            name, f"{name}: {say('; ').join([_turnout(one), *_partly(one)])}", fill, href, text, more, one.partly
        )

    def says(self, one: Standing) -> str:
        """What is known of an area, in small print."""
        turnout = [_turnout(one)] if one.turnout is not None else []
        return say("; ").join([self.leading(one), *turnout, *_partly(one)])

    def leading(self, one: Standing) -> str:
        """Who leads and by how much, or why nobody is said to."""
        names = numbers.joined([self.edition.name(choice) for choice in one.first])
        if one.state == "tied":
            return say("{names} are level", names=names)
        if one.state != "leads":
            return _state(one)
        if not one.lead_text:
            return say("{name} leads", name=names)
        return say("{name} leads by {points} points", name=names, points=numbers.text_of(one.lead_text))

    def _more(self, one: Standing) -> str:
        if one.state == "leads" and one.lead_text:
            return say("leads by {points}", points=numbers.text_of(one.lead_text))
        return say("level") if one.state == "tied" else _state(one)

    def _fill(self, one: Standing) -> Fill:
        if one.state != "leads":
            return one.state
        return f"l{min(self.order.index(one.first[0]), COLOURS)}-{one.margin}"

    # The legends

    def leaders_key(self, standings: Sequence[Standing]) -> Key:
        """Who leads somewhere, the classes of leads, and what else is on the map."""
        strongest = {number: f"l{min(number, COLOURS)}-{len(MARGINS)}" for number in range(len(self.order))}
        who = [
            (swatch(strongest[number]), f"{self.letter(choice)} {self.edition.name(choice)}")
            for number, choice in enumerate(self.order)
        ]
        leads = [(swatch(f"l0-{number}"), said) for number, said in enumerate(_leads())] if who else []
        return (*who, *leads, *_states_key(standings))

    def turnout_key(self, standings: Sequence[Standing]) -> Key:
        """The classes of turnout, and what else is on the map."""
        classes = [(swatch(f"t{number}"), _said(one)) for number, one in enumerate(self.classes)]
        fills = {self.turnout(one).fill for one in standings}
        states = [(swatch(fill), _said_of(fill)) for fill in ("out", "apart", "unknown") if fill in fills]
        return (*classes, *states, *_partly_key(standings))


def _turnout(one: Standing) -> str:
    return say("turnout {share}", share=numbers.percent(one.turnout_text)) if one.turnout is not None else _state(one)


def _partly(one: Standing) -> list[str]:
    return [say("not all stations are counted")] if one.partly else []


def _whole(share: Fraction | None) -> str:
    return decimal_text(rounded(share, 0), 0) if share is not None else ""


def _leads() -> list[str]:
    """The classes of leads, with their breaks."""
    ends = [numbers.count(end) for end in MARGINS]
    between = [say("{low} to below {high}", low=a, high=b) for a, b in pairwise(ends)]
    first = say("leads by less than {points} points", points=ends[0])
    return [first, *between, say("{low} or more", low=ends[-1])]


def _said(one: Class) -> str:
    low, high = numbers.percent(one.low), numbers.percent(one.high)
    if one.low and one.high:
        return say("{low} to below {high}", low=low, high=high)
    if one.high:
        return say("below {share}", share=high)
    return say("{low} or more", low=low) if one.low else say("known")


def _state(one: Standing) -> str:
    return _said_of(one.state)


def _said_of(state: str) -> str:
    match state:
        case "out":
            return say("not in yet")
        case "apart":
            return say("held or annulled")
        case "tied":
            return say("= the first are level")
    return say("not stated")


def _states_key(standings: Sequence[Standing]) -> Key:
    states = {one.state for one in standings}
    found = [(swatch(state), _said_of(state)) for state in ("tied", "out", "apart", "unknown") if state in states]
    return (*found, *_partly_key(standings))


def _partly_key(standings: Sequence[Standing]) -> Key:
    if not any(one.partly for one in standings):
        return ()
    return ((swatch("blank", "partly"), say("dotted edge: not all stations are counted")),)


def leaders_say(edition: Edition, order: Sequence[str], standings: Sequence[Standing]) -> str:
    """The finding of a map of leaders: who leads in how many areas, and what is not known."""
    every = len(standings)
    led = {choice: sum(one.state == "leads" and one.first == (choice,) for one in standings) for choice in order}
    most = sorted((c for c in order if led[c]), key=lambda choice: -led[choice])
    parts = []
    for number, choice in enumerate(most[:_LISTED]):
        name = edition.name(choice)
        if number == 0:
            text = say_n(
                "{name} leads in {part} of {n} area",
                "{name} leads in {part} of {n} areas",
                every,
                name=name,
                part=numbers.count(led[choice]),
            )
            parts.append(text)
        else:
            parts.append(say("{name} in {part}", name=name, part=numbers.count(led[choice])))
    if len(most) > _LISTED:
        rest = sum(led[c] for c in most[_LISTED:])
        parts.append(say("others in {part}", part=numbers.count(rest)))
    lists = (
        [say(", ").join(parts)]
        if parts
        else [say_n("Nobody leads in {n} area", "Nobody leads in any of {n} areas", every)]
    )
    return say("{what}.", what=say("; ").join([*lists, *_rest(standings)]))


def _rest(standings: Sequence[Standing]) -> list[str]:
    states = [one.state for one in standings]
    parts = []
    if n := states.count("tied"):
        parts.append(say_n("in {n} the first are level", "in {n} the first are level", n))
    if n := states.count("out"):
        parts.append(say_n("{n} is not in yet", "{n} are not in yet", n))
    if n := states.count("apart"):
        parts.append(say_n("{n} is held or annulled", "{n} are held or annulled", n))
    if n := states.count("unknown"):
        parts.append(say_n("{n} is not stated", "{n} are not stated", n))
    if n := sum(one.partly for one in standings):
        parts.append(say_n("in {n} not all stations are counted", "in {n} not all stations are counted", n))
    return parts


def turnout_say(edition: Edition, standings: Sequence[Standing]) -> str:
    """The finding of a map of turnout: where it is highest and lowest."""
    known = [(one.turnout, one) for one in standings if one.turnout is not None]
    if not known:
        return ""
    high, low = max(known, key=lambda one: one[0])[1], min(known, key=lambda one: one[0])[1]
    parts = [
        say(
            "Turnout is highest in {high} ({most}) and lowest in {low} ({least})",
            high=edition.name(high.area),
            most=numbers.percent(high.turnout_text),
            low=edition.name(low.area),
            least=numbers.percent(low.turnout_text),
        )
        if high is not low
        else say(
            "Turnout in {place} is {share}", place=edition.name(high.area), share=numbers.percent(high.turnout_text)
        )
    ]
    if n := len(standings) - len(known):
        parts.append(say_n("it is not known in {n} area", "it is not known in {n} areas", n))
    return say("{what}.", what=say("; ").join(parts))
