"""The index of the search: every name of every area, station and candidate, cut into files that a phone can load.

    search/index.js     how the words of each file begin
    search/n-0.js …     what is filed under the words from there to the next file's, in the order of the words

Each file calls `tallyroomFound` with its content, so that it is loaded as a script: that works from a disk too, where
nothing may be fetched. A thing is filed under its few rarest words, and of a common word only the first things are
kept, candidates and areas before stations; the file says how many there were. The index depends on names alone, not
on anything that was counted.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from tallyroom.publish.edition import Edition
from tallyroom.publish.folder import NewFolder
from tallyroom.publish.folding import words_of
from tallyroom.publish.inputs import program

__all__ = ["FILE", "KINDS", "Index", "Named", "write_search"]

# What a row of the index is, by the number that stands first in it. An area that has no page in the other languages
# is led to in English, as stations always are.
KINDS = ("candidate", "area", "area-in-english", "station")
FILE = "search/index.js"
_FOLDER = "search"
_RAREST = 3  # words that a thing is filed under
_KEPT = 250  # things under one word
_BYTES, _FILES = 24_000, 3000  # of a file, about; of very many things the files are longer, not more
_ROW = 60  # bytes of a row, about
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Named:
    """Something that can be found.

    names: the one to show first; none where a station has none but its id, which is its anchor. page: its address, and
    what is said beside the name.
    """

    kind: int
    names: tuple[str, ...]
    page: tuple[str, str]
    anchor: str = ""


def write_search(edition: Edition, folder: NewFolder) -> None:
    """The files of the index into the folder; none where there are no pages of areas to lead to.

    The names change hardly ever, so the files that stand are kept where they were made of the same ones.
    """
    if not edition.counted:
        return
    of = _digest(edition)
    old = folder.published(FILE) or b""
    if of.encode() in old and all(folder.keep(path) for path in folder.listed if path.startswith(f"{_FOLDER}/")):
        return
    for path, data in Index(edition).files(of):
        if path not in folder.digests:
            folder.write(path, data)


def _digest(edition: Edition) -> str:
    """The digest of everything that the index is made of."""
    record, addresses = edition.record, edition.addresses
    digest = hashlib.sha256(f"{program()}\n{record.definition_text}".encode())
    digest.update(repr((addresses.stations_a_page, sorted(addresses.in_every_language))).encode())
    for name in ("areas", "names", "people", "organisations"):
        digest.update(repr([(row.id, dict(row.cells)) for row in record.current(name)]).encode())
    for start in range(0, len(edition.stations), _BATCH):
        some = range(start, min(start + _BATCH, len(edition.stations)))
        stations = [(station.id, station.area) for station in edition.stations.some(some)]
        digest.update(repr((stations, edition.stations.names(some))).encode())
    return digest.hexdigest()


class Index:
    """All names of a record by their words."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._few = [*_candidates(edition), *_areas(edition)]

    # What can be found, by number: candidates and areas, then the stations in the order of their list.

    def __len__(self) -> int:
        return len(self._few) + len(self._edition.stations)

    @cached_property
    def _other_names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._edition.record.current("names"):
            found[row["of"]].append(row["name"])
        return found

    @cached_property
    def _pages(self) -> array[int]:
        """On which page of its area each station stands."""
        pages = array("l", bytes(array("l").itemsize * len(self._edition.stations)))
        a_page = self._edition.addresses.stations_a_page
        for members in self._edition.stations.in_area.values():
            for rank, at in enumerate(members):
                pages[at] = rank // a_page
        return pages

    def _called(self, area: str) -> str:
        return self._edition.addresses.areas[area]["name"] or area

    def _some(self, numbers: Sequence[int]) -> Iterator[Named]:
        """The things of these numbers, in this order."""
        few, edition = len(self._few), self._edition
        stations = [number - few for number in numbers if number >= few]
        found = zip(edition.stations.some(stations), edition.stations.names(stations), strict=True)
        for number in numbers:
            if number < few:
                yield self._few[number]
                continue
            station, names = next(found)
            names = [*names, *self._other_names.get(station.id, ())]
            page = edition.addresses.page(station.area, self._pages[station.at])
            yield Named(3, tuple(dict.fromkeys(names)), (page, self._called(station.area)), station.id)

    # Which words each is filed under

    @cached_property
    def _filed(self) -> tuple[list[str], pa.Array, pa.Array, array[int]]:
        """The words in order; of every filing the word's number and the thing's; and how often each word is used."""
        known: dict[str, int] = {}
        words, ends, uses = array("l"), array("l"), array("l")
        for named in self._every():
            for word in dict.fromkeys(w for text in _texts(named) for w in words_of(text)):
                number = known.setdefault(word, len(known))
                words.append(number)
                if number == len(uses):
                    uses.append(0)
                uses[number] += 1
            ends.append(len(words))
        order = sorted(known, key=lambda word: word.encode("utf-16-be"))  # as scripts compare texts
        rank = array("l", bytes(array("l").itemsize * len(known)))
        for place, word in enumerate(order):
            rank[known[word]] = place
        filed_words, filed_things, start = array("l"), array("l"), 0
        for thing, end in enumerate(ends):
            for number in sorted(words[start:end], key=lambda number: (uses[number], rank[number]))[:_RAREST]:
                filed_words.append(rank[number])
                filed_things.append(thing)
            start = end
        table = pa.table({"word": pa.array(filed_words), "thing": pa.array(filed_things)})
        table = table.take(pc.sort_indices(table, sort_keys=[("word", "ascending"), ("thing", "ascending")]))
        by_rank = array("l", (uses[known[word]] for word in order))
        return order, table["word"].combine_chunks(), table["thing"].combine_chunks(), by_rank

    def _every(self) -> Iterator[Named]:
        for start in range(0, len(self), _BATCH):
            yield from self._some(range(start, min(start + _BATCH, len(self))))

    # Files

    def files(self, of: str = "") -> Iterator[tuple[str, bytes]]:
        """Every file of the index. of: a digest of what it is made of, which its first file holds."""
        order, filed, things, uses = self._filed
        counts = array("l", bytes(array("l").itemsize * (len(order) + 1)))
        for word in filed.to_pylist():
            counts[word + 1] += 1
        starts = array("l", accumulate(counts))
        parts = list(_parts([min(_KEPT, counts[number + 1]) for number in range(len(order))]))
        first = [_begin(order, part.start) for part in parts]
        yield FILE, _call(None, {"first": first, "of": of})
        for number, part in enumerate(parts):
            yield f"{_FOLDER}/n-{number}.js", self._file(number, part, order, things, starts, uses)

    def _file(
        self,
        number: int,
        words: range,
        order: Sequence[str],
        things: pa.Array,
        starts: Sequence[int],
        uses: Sequence[int],
    ) -> bytes:
        held: set[int] = set()
        cut = {}
        for word in words:
            first, last = starts[word], starts[word + 1]
            held.update(things[first : min(last, first + _KEPT)].to_pylist())
            if uses[word] > _KEPT:
                cut[order[word]] = uses[word]
        pages: dict[tuple[str, str], int] = {}
        rows = [
            [named.kind, pages.setdefault(named.page, len(pages)), named.anchor, *named.names]
            for named in self._some(sorted(held))
        ]
        return _call(number, {"pages": list(pages), "rows": rows, "cut": cut})


def _texts(named: Named) -> Iterator[str]:
    """What a thing is found by: its names, a station's id, and the name of the area that it lies in."""
    yield from named.names
    if named.kind == KINDS.index("station"):
        yield from (named.anchor, named.page[1])


def _candidates(edition: Edition) -> Iterator[Named]:
    record = edition.record
    spelt = defaultdict(list)
    for row in record.current("names"):
        spelt[row["of"]].append(row["name"])
    for contest in record.election.contests:
        for choice in contest.choices:
            named = record.named.get(choice.id)
            names = [name for column, name in named.items() if column.startswith("name") and name] if named else []
            names = [record.name_of(choice.id), *choice.names.values(), *names, *spelt[choice.id]]
            page = ("election.html", edition.contest_name(contest))
            yield Named(0, tuple(dict.fromkeys(names)), page, f"_{contest.id}.{choice.id}")


def _areas(edition: Edition) -> Iterator[Named]:
    spelt = defaultdict(list)
    for row in edition.record.current("names"):
        spelt[row["of"]].append(row["name"])
    for area in edition.addresses.areas.values():
        names = [name for column, name in area.items() if column.startswith("name") and name]
        names = [edition.record.name_of(area.id), *names, *spelt[area.id], area.id]
        kind = 1 if area.id in edition.addresses.in_every_language else 2
        above = edition.record.name_of(area["parent"]) if area["parent"] else ""
        yield Named(kind, tuple(dict.fromkeys(names)), (edition.addresses.page(area.id), above))


def _parts(kept: Sequence[int]) -> Iterator[range]:
    """The words of each file, by their numbers. kept: how many things are filed under each word."""
    limit = max(_BYTES // _ROW, sum(kept) // _FILES)
    start = held = 0
    for word, things in enumerate(kept):
        if held and held + things > limit:
            yield range(start, word)
            start, held = word, 0
        held += things
    if held:
        yield range(start, len(kept))


def _begin(order: Sequence[str], word: int) -> str:
    """As much of a word as tells it from the one before."""
    if not word:
        return ""
    one, before = order[word], order[word - 1]
    same = next((n for n, (a, b) in enumerate(zip(one, before, strict=False)) if a != b), min(len(one), len(before)))
    return one[: same + 1]


def _call(name: int | None, content: object) -> bytes:
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"tallyroomFound({json.dumps(name)},{data});\n".encode()
