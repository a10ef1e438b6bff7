"""Who and what a record has by name, which rows it has already, and who was proposed meanwhile."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rapidfuzz import fuzz

from tallyroom.record.folder import Record

__all__ = ["Register", "key", "nameable", "one_person", "slug"]

_BODIES = {
    "commission": "commission", "party": "party", "movement": "party", "court": "court", "ministry": "government",
    "mission": "observer-mission", "observers": "observer-mission", "monitors": "observer-mission",
    "research": "pollster", "poll": "pollster", "agency": "news-agency", "community": "community",
    "center": "group", "centre": "group", "institute": "group", "association": "group", "league": "group",
    "foundation": "group", "union": "group", "council": "group", "group": "group", "university": "group",
    "federation": "group", "organization": "group", "organisation": "group", "coalition": "party",
}  # fmt: skip


def slug(name: str, taken: Mapping[str, object] | frozenset[str] = frozenset()) -> str:
    """An id made of a name: small letters, digits and hyphens, none that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\([^)]*\)", "", plain)).strip("-")[:60].strip("-") or "unnamed"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


class Register:
    """Who and what a record has by name, which rows it has, and what was proposed meanwhile."""

    def __init__(self, record: Record, derived: Iterable[tuple[str, str]] = ()) -> None:
        """derived: copies and the sources that they repeat, beside those that sources.csv tells of."""
        self._record = record
        told = ((row.id, source) for row in record.current("sources") for source in row.ids("derived_from"))
        self._repeats: dict[str, set[str]] = defaultdict(set)
        for copy, source in (*told, *derived):
            self._repeats[copy].add(source)
        self._pending: dict[str, tuple[str, Mapping[str, str]]] = {}
        self._there = {one for table in _ALIKE for row in record.current(table) for one in self._likenesses(table, row)}
        self._ids: dict[str, tuple[str, str]] = {}
        for table in ("people", "organisations", "areas"):
            for row in record.current(table):
                self._ids.setdefault(row.id, (table, row.id))
                self._ids |= {
                    key(text): (table, row.id) for column, text in row.items() if column.startswith("name") and text
                }
        rows = {row.id: table for table in ("people", "organisations", "areas") for row in record.current(table)}
        for row in record.current("names"):
            if row["of"] in rows:
                self._ids.setdefault(key(row["name"]), (rows[row["of"]], row["of"]))
        self._people = [(row["name"], ("people", row.id)) for row in record.current("people")]
        nations = [row["name"] for row in record.current("areas") if row["kind"] == "nation"]
        self._nation = nations[0] if len(nations) == 1 else ""
        for row in record.current("organisations"):
            self._also_called(row["name"], row.id)
        choices = [choice.id for contest in record.election.contests for choice in contest.choices]
        self.taken = {*record.named, *choices}
        self._polls = {who: row.id for row in record.current("polls") for who in row.ids("pollster")}

    def _also_called(self, name: str, body: str) -> None:
        """`Central Election Commission (CEC) of the Republic of Novia` is the CEC too, and that commission of Novia."""
        here = re.sub(rf"\s+of\s+(?:the\s+)?(?:[A-Z]\w+\s+of\s+)?{re.escape(self._nation)}$", "", name)
        for other in (here, *re.findall(r"\(([A-Z]{2,})\)", name)):
            self._ids.setdefault(key(other), ("organisations", body))

    def find(self, name: str) -> tuple[str, str] | None:
        """The table and id of a name, by any spelling; of several names joined, that of the first one known."""
        parts = (found for part in _JOINED.split(name) if (found := self._one(part)))
        # A commission of a country is not the country.
        return self._one(name) or next((found for found in parts if found[0] != "areas"), None)

    def _one(self, name: str) -> tuple[str, str] | None:
        """By its words, by them within the nation, as an id, or as a person's surname and first letter."""
        plain = key(name)
        for words in (plain, key(f"{name} {self._nation}"), plain.replace(" ", "-")):
            if words in self._ids:
                return self._ids[words]
        alike = {found for person, found in self._people if one_person(person, name) or person.split()[-1] == name}
        return alike.pop() if len(alike) == 1 else None

    def choice(self, name: str) -> str:
        """The choice of this name; empty where none has it."""
        for contest in self._record.election.contests:
            for choice in contest.choices:
                names = {self._record.name_of(choice.id), *choice.names.values(), choice.id}
                found = self.find(name)
                if (found and found[1] == choice.id) or key(name) in map(key, names):
                    return choice.id
        return ""

    def add(self, name: str) -> tuple[str, dict[str, str]]:
        """The table and row for somebody new."""
        name = _ARTICLE.sub("", name)
        words = set(re.findall(r"\w+", name.lower()))
        kind = next((kind for word, kind in _BODIES.items() if word in words), "")
        new = slug(name, frozenset(self.taken))
        self.taken.add(new)
        table = "organisations" if kind or not _like_a_person(name) else "people"
        self._ids[key(name)] = (table, new)
        if table == "people":
            self._people.append((name, (table, new)))
        else:
            self._also_called(name, new)
        row = {"id": new, "name": name} | ({"kind": kind or "group"} if table == "organisations" else {})
        self._pending[new] = (table, row)
        return table, row

    def waiting(self, name: str) -> tuple[str, Mapping[str, str]] | None:
        """The table and row of somebody proposed, while no row that names them is accepted."""
        return self._pending.get(name)

    def has(self, table: str, cells: Mapping[str, str]) -> bool:
        """Whether the record, or what was accepted meanwhile, says the same already."""
        return table in _ALIKE and not self._likenesses(table, cells).isdisjoint(self._there)

    def poll_of(self, pollster: str, who: str) -> str:
        """The id of a pollster's poll, proposed where the record has none. who: the pollster's id."""
        if who not in self._polls:
            new = self._polls[who] = slug(f"poll of {pollster}", frozenset(self.taken))
            self.taken.add(new)
            self._pending[new] = ("polls", {"id": new, "kind": "exit-poll", "pollster": who})
        return self._polls[who]

    def accept(self, table: str, cells: Mapping[str, str]) -> None:
        """Takes note of a row that is in the record now."""
        self._pending.pop(cells.get("id", ""), None)
        if table in _ALIKE:
            self._there |= self._likenesses(table, cells)

    def _likenesses(self, table: str, row: Mapping[str, str]) -> set[tuple[str, ...]]:
        """What a row says, once for each of its sources, or of the texts that they repeat, where these matter."""
        names, whose = _ALIKE[table]
        said = (table, *(_number(row.get(name, "")) for name in names))
        match whose:
            case "source":
                return {(*said, source) for source in row.get("source", "").split()}
            case "text":
                return {(*said, text) for source in row.get("source", "").split() for text in self._texts(source)}
        return {said}

    def _texts(self, source: str) -> set[str]:
        """A source and all that it goes back to."""
        found, left = {source}, [source]
        while left:
            more = self._repeats.get(left.pop(), set()) - found
            found |= more
            left += more
        return found


_SILENT = frozenset({"the", "of", "and", "llc", "ltd", "inc"})
# Words that alone name nobody.
_COMMON = frozenset(
    {"ministry", "press", "government", "parliament", "opposition", "commission", "court", "election", "elections"}
    | {"officials", "official", "authorities", "observers", "monitors", "watchdogs", "side", "source", "sources"}
    | {"spokesperson", "it", "exit", "poll", "polls", "mission", "presidential", "central", "party", "parties"}
    | {"candidates", "voters", "experts", "analysts", "journalists", "president", "minister", "chairman"}
)
# A clause, not a name.
_VERBS = frozenset({"has", "have", "had", "is", "was", "were", "said", "says", "it", "that", "which", "who", "whom"})
_ARTICLE = re.compile(r"^[Tt]he\s+")
_JOINED = re.compile(
    r",?\s+(?:and|together with|of|from)\s+(?:the\s+)?(?:[A-Z]\w+-based\s+|[A-Z]\w+\s+company\s+)?|^[A-Z]\w*-based\s+"
)
_ONE_NAME = 80

# What makes two rows of a table say the same, and whether each source says it for itself: a figure is one that this
# source gives; a statement is one in all reports of one text; a step of a candidacy is one step whoever reports it.
_ALIKE = {
    "announcements": (("measure", "subject", "place", "choice", "about", "value", "unit", "qualifier"), "source"),
    "statements": (("person", "organisation", "kind", "about", "says"), "text"),
    "candidates": (("candidate", "contest", "status"), ""),
}


def _number(text: str) -> str:
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"\d{1,18}(?:\.\d{1,9})?", text) else text


def nameable(name: str) -> bool:
    """Whether somebody is named, and not only spoken of: `election officials`, `an embassy source` name nobody."""
    words = _ARTICLE.sub("", name).split()
    if not words or name[-1:] in ",;:" or re.search(r"\d{3}", name) or re.match(r"[Aa]n?\s", name):
        return False
    if _VERBS.intersection(words) or words[-1] in _COMMON:
        return False
    if len(words) > 1 and all(word[:1].isupper() for word in words) and _BODIES.keys() & {w.casefold() for w in words}:
        return True
    return any(word[:1].isupper() and word.casefold() not in _COMMON for word in words)


def one_person(name: str, other: str) -> bool:
    """Whether two spellings can be one person: `Ilham Aliyev`, `Aliyev Ilham Heydar oglu`, `I.G. Aliyev`."""
    one, two = (re.findall(r"\w+", text.casefold()) for text in (name, other))
    if len(one) < 2 or len(two) < 2:
        return False
    if set(one) <= set(two) or set(two) <= set(one):
        return True
    return (
        one[-1] == two[-1] and one[0][0] == two[0][0] and (min(len(one[0]), len(two[0])) == 1 or _near(one[0], two[0]))
    )


def _near(one: str, two: str) -> bool:
    """Whether two first names are spellings of one: `Sergey` and `Sergei`."""
    return fuzz.ratio(one, two) >= _ONE_NAME


def _like_a_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 4 and all(word[:1].isupper() for word in words) and not any(word.isupper() for word in words)
    )


def key(name: str) -> str:
    """A name for comparison: its words in small letters, sorted."""
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", "", name).casefold())
    return " ".join(sorted(word for word in words if len(word) > 1 and word not in _SILENT))
