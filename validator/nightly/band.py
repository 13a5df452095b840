"""The usual range of a rate, from the nights before: when does a night stand out?

Counts of ordinary nights scatter, small nights more than large ones, and records of one employer
share their faults. So a night of n records is compared with the beta-binomial distribution that
the earlier nights predict (their records and faults, Jeffreys' prior), after both sides are shrunk
by how much more than binomially the earlier nights scattered among themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NEGLIGIBLE = 1e-18
_PRIOR = 0.5


@dataclass(frozen=True)
class Band:
    """Usual rates, 0 to 1: ``low`` to ``high`` around ``usual``."""

    low: float
    usual: float
    high: float

    def holds(self, rate: float) -> bool:
        """Whether a rate is usual."""
        return self.low <= rate <= self.high


def band(
    nights: Sequence[tuple[int, int]], records: int, *, least_nights: int, false_alarm: float
) -> Band | None:
    """The usual range for a night of ``records``, from (records, of them faulty) of earlier nights.

    ``false_alarm`` is the chance that an ordinary night lies outside, both sides together. None
    where the earlier nights are too few, or there is no record to have a rate of.
    """
    seen = [(n, x) for n, x in nights if n > 0]
    if len(seen) < least_nights or records <= 0:
        return None
    total, faulty = sum(n for n, _ in seen), sum(x for _, x in seen)
    spread = _overdispersion(seen, faulty / total)
    a = faulty / spread + _PRIOR
    b = (total - faulty) / spread + _PRIOR
    shrunk = max(1, round(records / spread))
    low, high = _limits(shrunk, a, b, false_alarm / 2)
    return Band(low / shrunk, faulty / total, high / shrunk)


def _overdispersion(nights: Sequence[tuple[int, int]], rate: float) -> float:
    """How many times the binomial variance the nights scattered with (Pearson), at least 1."""
    if not 0 < rate < 1:
        return 1.0
    squares = sum((x - n * rate) ** 2 / (n * rate * (1 - rate)) for n, x in nights)
    return max(1.0, squares / (len(nights) - 1))


def _limits(n: int, a: float, b: float, tail: float) -> tuple[int, int]:
    """Smallest and largest count whose tail (it and beyond) is not rarer than ``tail``."""
    mode = min(n, max(0, round(n * a / (a + b))))
    weights = {mode: 1.0}
    for step in (1, -1):
        count, weight = mode, 1.0
        while 0 <= count + step <= n and weight > _NEGLIGIBLE:
            weight *= _ratio(count, n, a, b) if step > 0 else 1 / _ratio(count - 1, n, a, b)
            count += step
            weights[count] = weight
    whole = sum(weights.values())
    counts = sorted(weights)
    return (
        _first_common(counts, weights, tail * whole),
        _first_common(counts[::-1], weights, tail * whole),
    )


def _first_common(counts: Sequence[int], weights: dict[int, float], tail: float) -> int:
    beyond = 0.0
    for count in counts:
        beyond += weights[count]
        if beyond > tail:
            return count
    return counts[-1]


def _ratio(count: int, n: int, a: float, b: float) -> float:
    """P(count + 1) / P(count) of the beta-binomial distribution."""
    return (n - count) * (count + a) / ((count + 1) * (n - count - 1 + b))
