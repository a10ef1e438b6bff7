"""A NIST SP 1500-100r2 report as the bytes of its JSON and of its XML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

__all__ = ["as_json", "as_xml"]

_SPACE = "http://itl.nist.gov/ns/voting/1500-100/v2"
# Elements whose class is one of several, which the XML has to name.
_OF_SEVERAL = frozenset({"GpUnit", "Contest", "ContestSelection"})
_ATTRIBUTES = {"@id": "ObjectId", "Label": "Label", "Language": "Language"}
# XML 1.0, section 2.2: what is no character there cannot even be escaped.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(report: Mapping[str, Any]) -> bytes:
    """The report as JSON."""
    return (json.dumps(report, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def as_xml(report: Mapping[str, Any]) -> bytes:
    """The report as XML. A control character, which XML cannot hold, stands as U+FFFD."""
    root = f'ElectionReport xmlns="{_SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    inside = "".join(_fields(report))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>\n{inside}</ElectionReport>\n'.encode()


def _fields(tree: Mapping[str, Any]) -> Iterator[str]:
    for name, value in tree.items():
        if name != "@type" and name not in _ATTRIBUTES:
            yield from _element(name, value)


def _element(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and not name.endswith("Ids"):
        for one in value:
            yield from _element(name, one)
    elif isinstance(value, Mapping):
        start = " ".join([name, *_attributes(name, value)])
        inside = _plain(value["Content"]) if "Content" in value else "".join(_fields(value))
        yield f"<{start}>{inside}</{name}>\n"
    else:
        yield f"<{name}>{_plain(value)}</{name}>\n"


def _attributes(name: str, tree: Mapping[str, Any]) -> Iterator[str]:
    if name in _OF_SEVERAL:
        yield f'xsi:type="{tree["@type"].removeprefix("ElectionResults.")}"'
    for key, attribute in _ATTRIBUTES.items():
        if key in tree:
            yield f"{attribute}={quoteattr(_NO_CHARACTER.sub('�', str(tree[key])))}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else str(value)
    # A carriage return as it stands would be read as a line feed.
    return escape(_NO_CHARACTER.sub("�", text), {"\r": "&#13;"})
