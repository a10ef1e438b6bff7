"""Many areas looked at together: how many of those that stand out would do so by chance.

Source: Benjamini and Hochberg, Controlling the false discovery rate, J. R. Statist. Soc. B 57 (1995), 289-300.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["false_discovery_rates"]


def false_discovery_rates(chances: Sequence[float]) -> list[float]:
    """For each p-value, the share of chance findings to expect among all areas at least as striking."""
    p = np.asarray(chances, np.float64)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    rates = np.empty(len(p))
    rates[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return [float(rate) for rate in rates]
