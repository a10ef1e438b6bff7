"""Seats that each list or party gets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tallyroom.reading.names import Name
from tallyroom.reading.numbers import Number
from tallyroom.reading.rules.owners import EARLIER, Figure, ahead, behind, joined, may_stand, meant, mood
from tallyroom.reading.rules.polls import is_poll
from tallyroom.reading.scene import Found, Scene

__all__ = ["seats"]


def seats(scene: Scene) -> Iterator[Found]:
    """`the party won 240 seats`, `61 seats for X`."""
    if not re.search(r"\b(?:seats?|mandates?)\b|-seat\b", scene.low) or is_poll(scene):
        return
    names = joined(scene, [name for name in scene.names if may_stand(scene, name)])
    figures = [n for n in scene.numbers if scene.open(n) and not n.percent and not EARLIER.search(scene.before(n, 40))]
    had: dict[tuple[bool, int], bool] = {}
    listing = False
    for at, number in enumerate(figures):
        told = re.match(r"\s(?:of (?:the )?(?:\d+\s)?)?(?:\w+\s){0,3}?(?:seats?|mandates?)\b", scene.after(number, 50))
        if not told and not (listing and re.match(r"\s?(?:,|;|\.|and\b|\)|$|for\b|to\b)", scene.after(number, 12))):
            continue
        if re.search(
            r"\b(?:majority of|majority|needed|required|total of|all|of the|contest(?:s|ed|ing)?|for|elect|fill|out of|"
            r"of)\s(?:the\s)?$",
            scene.before(number, 24),
        ):
            continue
        end = figures[at + 1].start if at + 1 < len(figures) else len(scene.text)
        start = figures[at - 1].end if at else 0
        figure = Figure(number, votes=False)
        name = (
            behind(scene, figure, names, end)
            or _seats_to(scene, number, names, end)
            or ahead(scene, figure, names, start, had)
        )
        who = scene.course.names.full(name.text) if name else meant(scene, figure, start)
        if name:
            had[False, name.start] = True
        if who:
            listing = True
            scene.take(number)
            yield Found(
                "seats", who, number.value, "shares/seats", "seats", number.qualifier, modality=mood(scene, False)
            )


def _seats_to(scene: Scene, number: Number, names: list[Name], end: int) -> Name | None:
    for name in names:
        if number.end <= name.start < end and re.fullmatch(
            r"\s(?:seats\s)?(?:for|to|went to)\s(?:the\s)?(?:\w+\s){0,2}", scene.text[number.end : name.start]
        ):
            return name
    return None
