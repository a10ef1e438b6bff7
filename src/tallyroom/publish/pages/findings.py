"""What the checks saw, the gravest first; what passed; and what cannot be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tallyroom.check.findings import CannotCheck, Case, Finding, Where
from tallyroom.publish import numbers, words
from tallyroom.publish.edition import Edition
from tallyroom.publish.language import say
from tallyroom.publish.view import Link, Page

__all__ = ["Seen", "page", "tally"]

# Beyond this many cases on a page, shared out among the findings, it shows the first of each and says how
# many more data/findings.json has. What a check says of a station stands in the station's row too.
_CASES, _LEAST = 500, 20


@dataclass(frozen=True)
class Seen:
    """One finding as the page shows it."""

    anchor: str
    check: str
    severity: str
    mark: str
    word: str
    says: str
    arithmetic: str
    numbers: tuple[tuple[str, str], ...]
    where: tuple[Link, ...]
    sources: tuple[Link, ...]
    look_at: str
    count: int
    cases: tuple[tuple[tuple[Link, ...], str], ...]
    more: int


def page(edition: Edition) -> Page | None:
    """The page, where there is anything to say."""
    report = edition.report
    many = sum(len(finding.cases) > _LEAST for finding in report.findings)
    shown = max(_LEAST, min(200, _CASES // max(1, many)))
    if not (report.findings or report.passed or report.cannot_check):
        return None
    view: dict[str, object] = {
        "findings": [_seen(edition, number, finding, shown) for number, finding in enumerate(report.findings)],
        "tally": tally(edition),
        "passed": report.passed,
        "cannot_check": [_lacking(edition, one) for one in report.cannot_check],
    }
    said = [numbers.listed([words.small(word), numbers.count(n)]) for _, _, word, n in tally(edition)]
    summary = say("What the checks saw: {findings}.", findings=say("; ").join(said) or say("nothing to report"))
    return Page("findings.html", say("Findings"), "findings.html", view, say("Findings"), summary)


def tally(edition: Edition) -> list[tuple[str, str, str, int]]:
    """Severity, mark, word and number of findings, the gravest first, those that there are."""
    counts = Counter(finding.severity for finding in edition.report.findings)
    found = [(s, *words.SEVERITIES[s], counts[s]) for s in ("error", "warning", "notice") if counts[s]]
    return [(severity, mark, say(word), number) for severity, mark, word, number in found]


def _seen(edition: Edition, number: int, finding: Finding, shown: int) -> Seen:
    mark, word = words.SEVERITIES[finding.severity]
    return Seen(
        edition.finding_ids[number],
        _check(finding.check),
        finding.severity,
        mark,
        say(word),
        finding.says,
        finding.arithmetic,
        _numbers(finding.numbers),
        _where(edition, finding.where),
        tuple(edition.source(name) for name in finding.sources),
        finding.look_at,
        finding.count,
        tuple(_case(edition, case) for case in finding.cases[:shown]),
        max(0, len(finding.cases) - shown),
    )


def _numbers(given: Mapping[str, int | str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_check(name), numbers.count(value) if isinstance(value, int) else value) for name, value in given.items()
    )


def _check(name: str) -> str:
    """The name of a check, in the plain English of the findings."""
    said = name.replace("-", " ").replace("_", " ")
    return said[:1].upper() + said[1:]


def _case(edition: Edition, case: Case) -> tuple[tuple[Link, ...], str]:
    return _where(edition, case.where), case.says


def _where(edition: Edition, where: Where) -> tuple[Link, ...]:
    links = [edition.place_link(where.file, where.line)] if where.file else []
    places = [place for place in (where.station, where.area) if place]
    links += [Link(edition.name(place), edition.addresses.of(place)) for place in places]
    return tuple(links)


def _lacking(edition: Edition, one: CannotCheck) -> tuple[str, str, tuple[Link, ...], int]:
    return _check(one.check), one.lacks, _where(edition, one.where), one.count
