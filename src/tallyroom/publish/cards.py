"""The social card: the result at a glance, as a picture that other sites show beside a link.

What it says is what the front page says at the same moment: how far the count has come, the leading choices of
the first contest, and when it was published. It is drawn as SVG and turned into PNG by vl-convert, the extra
`images`; without it there is no card. The letters are our own font's (`fonts/`), which has Latin, Cyrillic, Greek
and Arabic; other scripts are taken from the machine's fonts, so that only there two machines may differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from itertools import accumulate

from markupsafe import Markup

from tallyroom.publish import numbers, words
from tallyroom.publish.banner import banner, called
from tallyroom.publish.edition import Edition, figure_text
from tallyroom.publish.language import say, spoken
from tallyroom.publish.pages.front import announced_result
from tallyroom.publish.pages.tabulated import counted
from tallyroom.publish.svg import element
from tallyroom.publish.texts import harmless
from tallyroom.record.contest import Contest

__all__ = ["HEIGHT", "PATH", "WIDTH", "can_draw", "card", "card_svg"]

PATH = "cards/nation.png"
WIDTH, HEIGHT = 1200, 630  # what sites that show cards ask for
_SIDE = 64.0
_ROOM = WIDTH - 2 * _SIDE
_MOST = 3  # choices: more could not be read where a card is shown small
_PAPER, _INK, _SOFT, _LINE, _TRACK, _ACCENT = "#fcfbf8", "#1b1c1e", "#575a60", "#d8d3c8", "#e9e5dc", "#1d5866"
_REHEARSAL = "#ffd84d"


@cache
def can_draw() -> bool:
    """Whether the extra `images` is installed."""
    return find_spec("vl_convert") is not None


def card(edition: Edition) -> bytes | None:
    """The card in the language spoken, as PNG; None without the extra `images`."""
    return _convert(card_svg(edition)) if can_draw() else None


@lru_cache(maxsize=32)  # who publishes again and again draws only what is new
def _convert(svg: str) -> bytes:
    import vl_convert  # an extra, and slow to load

    _register_fonts()
    return bytes(vl_convert.svg_to_png(svg, 1, 72))


@cache
def _register_fonts() -> None:
    import vl_convert

    with as_file(files("tallyroom.publish") / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))


@dataclass(frozen=True)
class _Bar:
    """One choice: its share of the bar, of 100, and what is written beside its name."""

    name: str
    share: Fraction
    text: str


@dataclass(frozen=True)
class _Shown:
    """What the card says of a contest: how much is in, of 100 where that is known, and the leading choices."""

    says: str
    part: Fraction | None
    bars: Sequence[_Bar]


def card_svg(edition: Edition) -> str:
    """The card in the language spoken, as SVG."""
    contest = edition.record.election.contests[0]
    shown = _ours(edition, contest) or _announced(edition, contest) or _Shown("", None, ())
    parts = list(_parts(edition, contest, shown))
    back = element("rect", width=WIDTH, height=HEIGHT, fill=_PAPER)
    size: dict[str, str | int] = {"width": WIDTH, "height": HEIGHT, "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    return str(element("svg", back, *parts, xmlns="http://www.w3.org/2000/svg", font_family="Tallyroom Sans", **size))


def _ours(edition: Edition, contest: Contest) -> _Shown | None:
    """Our own result, where there are returns; of several wholes the first."""
    if not edition.has_returns(contest.id):
        return None
    whole = edition.wholes(contest.id)[0]
    stations = whole.stations
    part = Fraction(100 * stations.accepted, stations.expected) if stations.expected else None
    order = sorted((c for c, n in whole.votes.items() if n), key=lambda c: -(whole.votes[c] or 0))
    bars = [
        _Bar(edition.name(c), Fraction(whole.shares[c] or 0), numbers.percent(whole.shares[c])) for c in order[:_MOST]
    ]
    return _Shown(words.sentence(counted(stations)), part, bars)


def _announced(edition: Edition, contest: Contest) -> _Shown | None:
    """The result as announced, marked as such."""
    result, state = announced_result(edition, contest), edition.figures.latest(contest)
    if result is None or state is None:
        return None
    given = {c.id: state.shares[c.id][0] for c in contest.choices if state.shares.get(c.id)}
    order = sorted(given, key=lambda c: -Fraction(given[c]["value"]))
    bars = [_Bar(edition.name(c), Fraction(given[c]["value"]), figure_text(given[c])) for c in order[:_MOST]]
    rows = state.share_counted
    part = Fraction(rows[0]["value"]) if rows else None
    time = words.small(result.as_of)
    by = say("Announced by the {names}, {time}:", names=result.by, time=time)
    return _Shown((by if result.by else say("Announced, {time}:", time=time)).rstrip(":"), part, bars)


def _parts(edition: Edition, contest: Contest, shown: _Shown) -> Iterator[Markup]:
    synthetic = edition.record.election.synthetic
    top = 0.0
    if synthetic:
        yield element("rect", width=WIDTH, height=72, fill=_REHEARSAL)
        yield element("rect", y=72, width=WIDTH, height=4, fill=_INK)
        yield _text(called(banner(edition)), WIDTH / 2, 49, 34, bold=True, anchor="middle")
        top = 66.0
    kicker = numbers.listed([p for p in (edition.territory, edition.when(edition.record.election.date)) if p])
    yield _line(kicker, top + 68, _SOFT)
    lines = _wrapped(edition.title, _ROOM, 52, 1 if synthetic else 2)
    y = top + 68
    for line in lines:
        y += 64
        yield _text(line, _SIDE, y, 52, bold=True)
    y += 26
    if not synthetic:
        yield from _pill(called(banner(edition)), y)
        y += 62
    yield from _count(edition, contest, shown, y)
    yield element("rect", x=_SIDE, y=HEIGHT - 74, width=_ROOM, height=2, fill=_LINE)
    published = say("Published {time}.", time=edition.published)
    yield _line(published, HEIGHT - 32, _SOFT)


def _pill(text: str, y: float) -> Iterator[Markup]:
    wide = _width(text, 26, bold=True) + 48
    left = _SIDE if spoken().direction == "ltr" else WIDTH - _SIDE - wide
    yield element("rect", x=left, y=y, width=wide, height=46, rx=23, fill="none", stroke=_ACCENT, stroke_width=3)
    yield _text(text, _SIDE + wide / 2, y + 32, 26, bold=True, anchor="middle")


def _count(edition: Edition, contest: Contest, shown: _Shown, y: float) -> Iterator[Markup]:
    """From `y` on down to the foot: how much is in, and the leading choices."""
    several = len(edition.record.election.contests) > 1
    name = edition.contest_name(contest)
    says = say("{contest}: {progress}", contest=name, progress=shown.says) if several and shown.says else shown.says
    if says:
        yield _line(says, y + 28)
        y += 42
    if shown.part is not None:
        yield from _bar(y, 10, shown.part, _SOFT)
        y += 20
    if not shown.bars:
        return
    row = min((HEIGHT - 84 - y) / len(shown.bars), 104.0)
    size = min(round(row * 0.44), 38)
    for one in shown.bars:
        room = _ROOM - _width(one.text, size, bold=True) - 40
        yield _text(_fit(one.name, room, size), _SIDE, y + size, size)
        yield _text(one.text, WIDTH - _SIDE, y + size, size, bold=True, anchor="end")
        yield from _bar(y + size + row * 0.17, max(row * 0.24, 12), one.share, _ACCENT)
        y += row


def _line(text: str, y: float, colour: str = _INK) -> Markup:
    """A line across the card, smaller where it is long, and cut only where it would be too small to read."""
    size = min(28, max(20, int(28 * _ROOM / (_width(text, 28) or 1.0))))
    return _text(_fit(text, _ROOM, size), _SIDE, y, size, colour)


def _bar(y: float, tall: float, share: Fraction, colour: str) -> Iterator[Markup]:
    long = float(min(max(share, Fraction(0)), Fraction(100))) / 100 * _ROOM
    left = _SIDE if spoken().direction == "ltr" else WIDTH - _SIDE - long
    yield element("rect", x=_SIDE, y=y, width=_ROOM, height=tall, fill=_TRACK)
    if share:
        yield element("rect", x=left, y=y, width=max(long, 3.0), height=tall, fill=colour)


def _text(
    text: str, x: float, y: float, size: int, colour: str = _INK, *, bold: bool = False, anchor: str = "start"
) -> Markup:
    """A line of text; where writing runs from right to left the card does too."""
    if spoken().direction == "rtl":
        x, anchor = WIDTH - x, {"start": "end", "end": "start"}.get(anchor, anchor)
        # vl-convert takes every line to run from the left unless it says otherwise.
        text = f"\u202b{harmless(text)}\u202c"
    weight = {"font_weight": "700"} if bold else {}
    return element("text", text, x=x, y=y, font_size=size, fill=colour, text_anchor=anchor, **weight)


# Widths are about right, on the wide side: a text that is cut a little early does less harm than one that overlaps.


def _widths(text: str, size: float, *, bold: bool = False) -> list[float]:
    """How far each letter of a text ends from its start."""
    return list(accumulate(_letter(letter) * size * (1.07 if bold else 1.0) for letter in text))


def _letter(letter: str) -> float:
    if letter in "iljItf.,:;'’!|()[] \u00a0\u202f":
        return 0.32
    if letter in "mwMWшщжюфыШЩЖЮФЫ@%":
        return 0.9
    return 0.68 if letter.isupper() else 0.59


def _width(text: str, size: float, *, bold: bool = False) -> float:
    return _widths(text, size, bold=bold)[-1] if text else 0.0


def _fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    ends = _widths(text, size, bold=bold)
    if not ends or ends[-1] <= room:
        return text
    return text[: max(1, sum(end <= room - 0.9 * size for end in ends))].rstrip() + "…"


def _wrapped(text: str, room: float, size: float, most: int) -> list[str]:
    """A text on at most so many lines, cut where it does not fit."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (_width(longer, size, bold=True) <= room or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(word)
    return [_fit(line, room, size, bold=True) for line in lines]
