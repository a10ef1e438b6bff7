"""`feed.atom` (RFC 4287): every publication, every correction and every new or vanished finding, the latest first.

A correction and a figure that was taken back are entries of their own, so that whoever repeated a figure
hears that it changed. Entries keep their ids; more than MOST of one kind in a publication are told in one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree import ElementTree

from tallyroom.publish.banner import renamed
from tallyroom.publish.edition import Edition
from tallyroom.publish.history import History, Publication
from tallyroom.publish.numbers import count
from tallyroom.publish.texts import harmless

__all__ = ["MOST", "feed"]

MOST = 50
_ENTRIES = 300
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class _Entry:
    """One entry. name: what makes its id; href: relative to the site."""

    name: str
    at: str
    title: str
    text: str
    href: str
    term: str


def feed(edition: Edition, history: History) -> bytes:
    """The bytes of `feed.atom`. Links are absolute where the site's address is known."""
    election = edition.record.election
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _text(root, "id", _urn(election.id, "feed"))
    mark = "Rehearsal: " if election.synthetic else ""
    _text(root, "title", f"{mark}{edition.title}: publications, corrections, findings")
    _text(root, "updated", history.publications[-1].at)
    _text(ElementTree.SubElement(root, "author"), "name", edition.title)
    ElementTree.SubElement(root, "link", {"rel": "self", "href": f"{edition.address}feed.atom"})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": f"{edition.address}index.html"})
    entries = [entry for one, before in history.latest_first for entry in _entries(edition, one, before)]
    for entry in entries[:_ENTRIES]:
        element = ElementTree.SubElement(root, "entry")
        _text(element, "id", _urn(election.id, entry.name))
        _text(element, "title", f"{mark}{entry.title}")
        _text(element, "updated", entry.at)
        ElementTree.SubElement(element, "category", {"term": entry.term})
        ElementTree.SubElement(element, "link", {"rel": "alternate", "href": f"{edition.address}{entry.href}"})
        _text(element, "content", entry.text, type="text")
    ElementTree.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode").encode() + b"\n"


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = harmless(text)


def _urn(election: str, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tallyroom:{election}:{name}").urn


def _entries(edition: Edition, one: Publication, before: Publication | None) -> Iterator[_Entry]:
    yield _published(edition, one, before)
    yield from _many(one, one.differences, "difference", "changes.html", partial(_difference, edition, one))
    for word, kind in (("New finding", "new"), ("No longer found", "gone")):
        found = one.findings.get(kind, ())
        entry = partial(_finding, one, word, kind)
        yield from _many(one, found, f"finding-{kind}", "findings.html", entry)


def _published(edition: Edition, one: Publication, before: Publication | None) -> _Entry:
    said = [line for contest in one.contests for line in _counted(edition, contest)]
    came_in = sum(one.came_in.values())
    said += [f"{count(came_in)} stations came in since the publication before."] if came_in else []
    said += [f"{count(len(one.differences))} corrections."] if one.differences else []
    said += [f"Published figures were changed: {one.because}"] if one.because else []
    told = renamed(before.banner, one.banner) if before else ""
    said += [told] if told else []
    text = "\n".join(said) or "No figures yet."
    return _Entry(f"publication:{one.number}", one.at, f"Publication {one.number}", text, "index.html", "publication")


def _counted(edition: Edition, contest: Mapping[str, Any]) -> Iterator[str]:
    stations = contest["stations"]
    of = f" of {count(stations['expected'])}" if stations["expected"] is not None else ""
    yield f"{edition.name(contest['contest'])}: {count(stations['accepted'])}{of} stations counted."
    votes = [f"{edition.name(choice)} {count(n)}" for choice, n in contest["votes"].items()]
    yield f"Votes: {', '.join(votes)}."


_WORDS = {
    "corrected": "Corrected",
    "altered": "Changed after publication",
    "gone": "Taken away",
    "rule": "Rule changed",
}


def _difference(edition: Edition, one: Publication, found: Mapping[str, Any]) -> _Entry:
    word = _WORDS[found["kind"]]
    place = edition.name(found["station"] or found["area"]) if found["station"] or found["area"] else found["row"]
    cells = [f"{name}: {found['was'].get(name) or '–'} → {now or '–'}" for name, now in found["now"].items()]
    said = [f"{found['table']}, {found['row']}.", *cells]
    said += [f"Reason: {reason}" for reason in (found["reason"] or one.because,) if reason]
    href = edition.addresses.of(found["station"]) if found["station"] else f"changes.html#_{one.number}"
    name = f"difference:{one.number}:{found['kind']}:{found['table']}:{found['row']}"
    return _Entry(name, one.at, f"{word}: {place}", "\n".join(said), href, found["kind"])


def _finding(one: Publication, word: str, kind: str, found: Mapping[str, str]) -> _Entry:
    href = f"findings.html#{found['id']}" if kind == "new" else "findings.html"
    title = f"{word}, {found['severity']}: {found['id'].rpartition('-')[0]}"
    return _Entry(f"finding:{one.number}:{kind}:{found['id']}", one.at, title, found["says"], href, f"finding-{kind}")


def _many(
    one: Publication, things: Sequence[Any], name: str, href: str, entry: Callable[[Any], _Entry]
) -> Iterator[_Entry]:
    if len(things) <= MOST:
        yield from (entry(thing) for thing in things)
    elif things:
        title = f"{count(len(things))} of one kind: {name.replace('-', ', ')}"
        yield _Entry(f"{name}:{one.number}", one.at, title, "See the page.", href, name)
