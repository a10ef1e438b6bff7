"""Same text, other paper: which documents repeat one another, what each left out, and what it added.

Documents are compared by the runs of three words that they share, and by rare names and numbers; what many
documents hold weighs little. Candidates come from MinHash over sentences, so that ten thousand documents
need no comparison of all with all; only candidates are aligned. Two documents repeat one another when the
opening of one is told by the other, or when several of its facts are told there in other words; and only when they
share news (news.py): the paragraphs that an agency puts under many items make no copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tallyroom.reading.reuse.news import same_news
from tallyroom.reading.reuse.provenance import cites, comes_first
from tallyroom.reading.reuse.told import FEW, FIGURE, LEAST_OF_A_SENTENCE, Told, Weights
from tallyroom.reading.text.document import Document

__all__ = ["Carried", "Reuse", "families", "parents", "reused"]

# Of the opening, and of the lighter document: the less of the one, the more of the other.
_TOLD_IN_ITS_WORDS = ((0.5, 0.15), (0.4, 0.3), (0.25, 0.6))
_OVERLAP = 0.1  # of the weight of the lighter document
_FEWEST = 8  # shared runs; fewer are set phrases
_ALIKE = 0.3  # of the runs of the shorter sentence: one tells the other
_LARGE_FAMILY = 40  # documents: in a larger one only the pairs that were found are compared
_BACKGROUND = 40  # documents: a sentence that more of them hold makes none a candidate
_WHOLE, _NEARLY = 0.9, 0.5  # of what the copy tells; of what the source that gave most gave
_EARLY, _HALF = 0.4, 0.5  # of the sentences
_FEW_HAVE_IT = 6  # documents
_WORD_FOR_WORD = 0.85  # of a sentence's runs
_FACT, _FACTS_SHARED, _RARE_ENOUGH = 0.5, 0.4, 1.2  # weight of what a sentence shares, of all it has, on average


@dataclass(frozen=True)
class Carried:
    """A sentence of the source that the copy carries. alike: how much of its wording; 0 where only its facts."""

    sentence: int
    in_copy: int
    alike: float


@dataclass(frozen=True)
class Reuse:
    """Two documents that repeat one another; sentences are counted from 0.

    source: the one that seems to be the source: not syndicated, citing nobody, earlier, more complete.
    dropped: what the copy left out. added: what only the copy has. cited: whether the copy names the source.
    """

    source: str
    copy: str
    carried: tuple[Carried, ...]
    dropped: tuple[int, ...]
    added: tuple[int, ...]
    overlap: float
    cited: bool = False

    @property
    def share(self) -> float:
        """How much of the copy comes from the source, in sentences."""
        told = len({one.in_copy for one in self.carried})
        return told / (told + len(self.added)) if told else 0.0

    def as_json(self) -> dict[str, object]:
        """The reuse as `read --reuse --json` prints it."""
        return {
            "source": self.source,
            "copy": self.copy,
            "overlap": round(self.overlap, 4),
            "carried": [
                {"sentence": c.sentence, "in_copy": c.in_copy, "alike": round(c.alike, 2)} for c in self.carried
            ],
            "dropped": list(self.dropped),
            "added": list(self.added),
        }


def reused(documents: Sequence[Document]) -> list[Reuse]:
    """Every pair of documents that repeat one another, in the order of the documents."""
    told = [Told(document) for document in documents]
    runs, rare = Weights(one.every for one in told), Weights(one.all_rare for one in told)
    found = []
    for a, b in sorted(_candidates(told)):
        both = told[a].every & told[b].every
        overlap = runs.of(both) / (min(runs.of(told[a].every), runs.of(told[b].every)) or 1)
        in_its_words = len(both) >= _FEWEST and overlap >= _OVERLAP
        repeats = in_its_words and _repeats(told[a], told[b], overlap, runs, rare)
        if (repeats or _retold(told[a], told[b], rare)) and same_news(told[a], told[b]):
            found.append(_aligned(told[a], told[b], overlap, rare))
    return found + list(_of_one_family(told, found, runs, rare))


def _of_one_family(told: Sequence[Told], found: Sequence[Reuse], runs: Weights, rare: Weights) -> Iterator[Reuse]:
    """The other pairs of those who go back to one text, where they share sentences."""
    by_name = {one.document.id: one for one in told}
    paired = {frozenset((one.source, one.copy)) for one in found}
    for family in families(found):
        members = family if len(family) <= _LARGE_FAMILY else []
        for a, b in ((by_name[x], by_name[y]) for x, y in combinations(members, 2) if frozenset((x, y)) not in paired):
            overlap = runs.of(a.every & b.every) / (min(runs.of(a.every), runs.of(b.every)) or 1)
            reuse = _aligned(a, b, overlap, rare)
            if reuse.carried:
                yield reuse


def families(reuses: Iterable[Reuse]) -> list[list[str]]:
    """The documents that go back to one text, through whatever copies: each family in the order of its names."""
    root: dict[str, str] = {}

    def top(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for reuse in reuses:
        root[top(reuse.copy)] = top(reuse.source)
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(root):
        members[top(name)].append(name)
    return sorted(members.values())


def parents(reuses: Sequence[Reuse]) -> dict[str, Reuse]:
    """For each document that repeats others, the one that it goes back to: whom it cites, else whence most of it comes.

    Of several that gave nearly as much, the first of them all.
    """
    found: dict[str, list[Reuse]] = defaultdict(list)
    for reuse in reuses:
        found[reuse.copy].append(reuse)
    return {copy: _parent(of, {one.source for one in of}, found) for copy, of in found.items()}


def _parent(of: Sequence[Reuse], sources: set[str], found: Mapping[str, Sequence[Reuse]]) -> Reuse:
    most = max(one.share for one in of)
    near = [one for one in of if one.share >= (most if most >= _WHOLE else _NEARLY * most) or one.cited]
    later = {one.source for one in near if any(other.source in sources for other in found.get(one.source, ()))}
    return max(near, key=lambda one: (one.cited, one.source not in later, one.share, one.overlap, one.source))


def _repeats(a: Told, b: Told, overlap: float, runs: Weights, rare: Weights) -> bool:
    """Whether the opening of one is told by the other: in its words, or by its rare names and numbers."""
    in_words = max(runs.share(x.runs[x.lead] & y.every, x.runs[x.lead]) for x, y in ((a, b), (b, a)))
    if any(in_words >= words and overlap >= whole for words, whole in _TOLD_IN_ITS_WORDS):
        return True
    by_names = max(rare.share(x.lead_rare & y.all_rare, x.lead_rare) for x, y in ((a, b), (b, a)))
    shared = rare.of(a.all_rare & b.all_rare) / (min(rare.of(a.all_rare), rare.of(b.all_rare)) or 1)
    # Names alone open many reports: some of the words must be the same too.
    return in_words >= 0.1 and ((by_names >= 0.9 and shared >= 0.35) or (by_names >= 0.6 and shared >= 0.7))


def _retold(a: Told, b: Told, rare: Weights) -> bool:
    """Whether several sentences of one are told by the other in other words: the same figures and rare names.

    One figure or one quotation that two reports share says only that both were told of the same thing.
    """
    # Among a few documents nobody can tell a rare name from the names of the day: figures must show it.
    least = 1 if rare.documents >= FEW else 2
    if len(a.figures & b.figures) < least or rare.of(a.all_rare & b.all_rare) < 2 * _RARE_ENOUGH:
        return False
    mine, theirs = _own_words(a, b), _own_words(b, a)
    both: set[frozenset[str]] = set()
    first = (1.0, 1.0)
    for number in mine:
        facts, at = _same_facts(a.rare[number], [b.rare[other] for other in theirs], rare)
        if facts:
            both.add(facts)
            first = (min(first[0], number / len(a.runs)), min(first[1], theirs[at] / len(b.runs)))
    # What stands at the end of one is the background of the day, in whatever words.
    if min(first) > _EARLY or max(first) > _HALF:
        return False
    figures = sum(not facts.isdisjoint(a.figures) for facts in both)
    if sum(map(rare.of, both)) < _RARE_ENOUGH * len(both):
        return False
    return (figures >= least and len(both) >= 3) or (figures >= 2 and len(both) >= 0.6 * min(len(mine), len(theirs)))


def _same_facts(facts: frozenset[str], others: Sequence[frozenset[str]], rare: Weights) -> tuple[frozenset[str], int]:
    """What a sentence shares with the one that has most of its facts, and which that is; nothing where too little."""
    at = max(range(len(others)), key=lambda n: rare.of(facts & others[n]), default=-1)
    both = facts & others[at] if others else frozenset()
    enough = rare.of(both) >= max(_FACT, _FACTS_SHARED * min(rare.of(facts), rare.of(others[at]))) if both else False
    return (both, at) if enough else (frozenset(), -1)


def _own_words(one: Told, other: Told) -> list[int]:
    """The sentences with facts that the other does not hold word for word."""
    return [
        number
        for number, runs in enumerate(one.runs)
        if runs and one.rare[number] and len(runs & other.every) < _WORD_FOR_WORD * len(runs)
    ]


def _candidates(told: Sequence[Told]) -> set[tuple[int, int]]:
    """Pairs of documents with a sentence that is alike in both."""
    from tallyroom.reading.reuse.sketches import alike  # takes a second to load, and hardly any command needs it

    holders: dict[frozenset[int], set[int]] = defaultdict(set)
    for number, one in enumerate(told):
        for held in one.runs:
            if len(held) >= LEAST_OF_A_SENTENCE:
                holders[held].add(number)
    pairs = {pair for held in holders.values() if len(held) <= _BACKGROUND for pair in combinations(sorted(held), 2)}
    sentences = [(held, numbers) for held, numbers in holders.items() if len(numbers) <= _BACKGROUND]
    for first, second in alike([held for held, _ in sentences], _BACKGROUND):
        pairs |= {(min(a, b), max(a, b)) for a in sentences[first][1] for b in sentences[second][1] if a != b}
    return pairs | _of_one_figure(told)


def _of_one_figure(told: Sequence[Told]) -> set[tuple[int, int]]:
    """Pairs of documents that share two figures which few others have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        for figure in one.figures:
            holders[figure].append(number)
    shared = Counter(pair for held in holders.values() if len(held) <= _FEW_HAVE_IT for pair in combinations(held, 2))
    return {pair for pair, figures in shared.items() if figures >= 2}


def _aligned(a: Told, b: Told, overlap: float, rare: Weights) -> Reuse:
    source, copy = (a, b) if comes_first(a.document, b.document) else (b, a)
    carried = tuple(_carried(source, copy, rare))
    kept, new = {c.sentence for c in carried}, {c.in_copy for c in carried}
    dropped = tuple(n for n, runs in enumerate(source.runs) if n not in kept and runs)
    added = tuple(n for n, runs in enumerate(copy.runs) if n not in new and runs)
    return Reuse(
        source.document.id, copy.document.id, carried, dropped, added, overlap, cites(copy.document, source.document)
    )


def _carried(source: Told, copy: Told, rare: Weights) -> Iterator[Carried]:
    for number, runs in enumerate(source.runs):
        best, at = 0.0, -1
        for other, theirs in enumerate(copy.runs):
            alike = len(runs & theirs) / (min(len(runs), len(theirs)) or 1)
            if min(len(runs), len(theirs)) >= 3 and alike > best:
                best, at = alike, other
        if best < _ALIKE and any(map(FIGURE.fullmatch, (told := _same_facts(source.rare[number], copy.rare, rare))[0])):
            at = told[1]
        elif best < _ALIKE:
            continue
        yield Carried(number, at, best)
