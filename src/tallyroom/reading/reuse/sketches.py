"""Sentences that are alike, found among very many without comparing all with all: MinHash, by datasketch.

Loaded only by those who ask for it, since datasketch brings scipy with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datasketch import MinHash, MinHashLSH

__all__ = ["alike"]

_PERMUTATIONS, _SIMILAR = 32, 0.25
_PROTOTYPE = MinHash(num_perm=_PERMUTATIONS)  # its permutations serve all: to make them anew costs most of the time


def alike(sentences: Sequence[frozenset[int]], most: int) -> Iterator[tuple[int, int]]:
    """Pairs of numbers of sentences that are probably alike; what more than `most` are like makes none.

    sentences: the runs of words in each.
    """
    lsh = MinHashLSH(threshold=_SIMILAR, num_perm=_PERMUTATIONS)
    for number, held in enumerate(sentences):
        sketch = MinHash(
            num_perm=_PERMUTATIONS, hashfunc=int, permutations=_PROTOTYPE.permutations, scheme=_PROTOTYPE.scheme
        )
        sketch.update_batch(sorted(held))
        near = lsh.query(sketch)
        if len(near) <= most:
            yield from ((other, number) for other in near)
            lsh.insert(number, sketch, check_duplication=False)
