"""Turnout by share, as a two-dimensional histogram: the election's fingerprint.

Each station is a point; many points make a cloud. A second cloud, or one that runs to 100 % of both, is worth a look.

What it cannot tell: small closed stations (hospitals, ships, garrisons) lie near 100 % in every country; clouds have
several middles where a country has several peoples, or towns and villages; and in one cell there may be a station of
a hundred voters beside one of three thousand.

Source: Klimek, Yegorov, Hanel, Thurner, Statistical detection of systematic election irregularities, PNAS 109 (2012)
16469-16473, figure 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallyroom.patterns.stations import Counts, Stations

__all__ = ["OVER", "Fingerprint", "fingerprint"]

OVER = 101  # the bin of turnout above 100 %


@dataclass(frozen=True)
class Fingerprint:
    """cells[t][s]: stations with turnout of t to t + 1 percent (101 is above 100) and a share of s to s + 1."""

    choice: str
    cells: Counts

    @property
    def stations(self) -> int:
        """All stations in it."""
        return int(self.cells.sum())

    @property
    def largest(self) -> tuple[int, int, int]:
        """The turnout and share of the fullest cell, and how many stations it has."""
        turnout, share = np.unravel_index(int(self.cells.argmax()), self.cells.shape)
        return int(turnout), int(share), int(self.cells.max())

    @property
    def filled(self) -> int:
        """Cells with a station."""
        return int(np.count_nonzero(self.cells))

    def listed(self) -> list[tuple[int, int, int]]:
        """The cells with a station: turnout, share, stations."""
        return [(int(t), int(s), int(self.cells[t, s])) for t, s in np.argwhere(self.cells)]


def fingerprint(stations: Stations, choice: str) -> Fingerprint:
    """Stations with a hundred voters or more and a ballot, by whole percents, rounded down in whole numbers."""
    votes = stations.votes[choice]
    used = (stations.registered >= 100) & (stations.given >= 0) & (stations.ballots > 0) & (votes >= 0)
    given, registered = stations.given[used], stations.registered[used]
    turnout = np.where(given > registered, OVER, 100 * given // registered)
    # More votes than ballots is a form that does not add up; it stands with those of 100 %.
    share = np.minimum(100 * votes[used] // stations.ballots[used], 100)
    cells = np.bincount(turnout * 101 + share, minlength=102 * 101).reshape(102, 101)
    return Fingerprint(choice, cells)
