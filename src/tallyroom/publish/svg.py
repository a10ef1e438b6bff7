"""SVG elements as text: escaped, without styles of their own (the page's style sheet gives colours)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from markupsafe import Markup, escape

from tallyroom.publish.texts import harmless

__all__ = ["drawing", "element", "label", "line", "mirrored", "rect", "step_of", "ticks"]

Value = str | int | float
# The width of a picture that is being drawn from right to left; 0 where it is drawn from left to right.
_width: ContextVar[int] = ContextVar("width", default=0)


@contextmanager
def mirrored(width: int) -> Iterator[None]:
    """Draws what is drawn inside from right to left, in a picture of this width; 0 leaves it as it is.

    A text's anchors need no change: in a page that runs from right to left `start` is its right end.
    """
    token = _width.set(width)
    try:
        yield
    finally:
        _width.reset(token)


def _turned(attributes: dict[str, Value], width: int) -> dict[str, Value]:
    """The same attributes seen in a mirror."""
    turned = dict(attributes)
    for name in ("x", "x1", "x2", "cx"):
        if name in attributes:
            wide = attributes.get("width", 0) if name == "x" else 0
            turned[name] = width - float(attributes[name]) - float(wide)
    if "points" in attributes:
        pairs = (pair.split(",") for pair in str(attributes["points"]).split(" "))
        turned["points"] = " ".join(f"{width - float(x):.1f},{y}" for x, y in pairs)
    return turned


def element(name: str, *children: Markup | str, **attributes: Value) -> Markup:
    """One element. A `_` in an attribute's name is written `-`; a final one is left out."""
    if _width.get():
        attributes = _turned(attributes, _width.get())
    written = "".join(f" {_spelt(key)}={_quoted(value)}" for key, value in attributes.items())
    inside = "".join(c if isinstance(c, Markup) else escape(harmless(c)) for c in children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


@cache
def _spelt(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _quoted(value: Value) -> str:
    # Most values are numbers, and a number has nothing to escape.
    return f'"{escape(value)}"' if isinstance(value, str) else f'"{_written(value)}"'


def _written(value: Value) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def label(text: str, x: float, y: float, kind: str = "", anchor: str = "") -> Markup:
    """A text. anchor: start, middle or end; kind: its class."""
    attributes: dict[str, Value] = {"x": float(x), "y": float(y)}
    if anchor:
        attributes["text_anchor"] = anchor
    if kind:
        attributes["class_"] = kind
    return element("text", text, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=kind)


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A rectangle."""
    return element("rect", x=float(x), y=float(y), width=float(width), height=float(height), class_=kind)


def drawing(name: str, title: str, says: str, width: int, height: float, parts: Sequence[Markup]) -> Markup:
    """A whole picture. title: what it shows; says: its finding, for those who do not see it.

    name: unique on the page; one that begins with `_` can be no id of a record.
    """
    head = [
        element("title", title, id=f"{name}-title"),
        element("desc", says, id=f"{name}-says"),
    ]
    body = Markup("").join([*head, *parts])
    tall = _written(float(height))
    labels = f"{name}-title {name}-says"
    return Markup(
        f'<svg class="chart" role="img" aria-labelledby="{labels}" viewBox="0 0 {width} {tall}"'
        f' width="{width}" height="{tall}">{body}</svg>'
    )


def step_of(low: float, high: float, most: int = 5) -> float:
    """A round distance between ticks, so that at most `most` distances cover the range."""
    rough = (high - low) / most or 1.0
    power = 10.0 ** len(str(int(1 / rough))) if rough < 1 else 1.0
    scaled, unit = rough * power, 1.0
    while unit * 10 < scaled:
        unit *= 10
    return next(m * unit for m in (1, 2, 2.5, 5, 10) if m * unit >= scaled - 1e-9) / power


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from at most `low` to at least `high`."""
    step = step_of(low, high, most)
    first = int(low / step) - (1 if low < 0 and low % step else 0)
    last = int(high / step + 1 - 1e-9)
    return [round(number * step, 6) for number in range(first, max(last, first + 1) + 1)]
