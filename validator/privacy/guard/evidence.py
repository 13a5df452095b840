"""Which candidates are refused: what stands around one, and how many of its kind fit.

A right check digit alone proves little: one random string in ten has it. So every candidate gets a
*weight* from its surroundings,

- ``field``: in a column or behind a label that names a My Number. Refused, and in data also with a
  wrong check digit or one digit too few or too many: a mistyped number is nearly someone's;
- ``plain``: nothing speaks for another kind of number. One that fits is refused;
- ``weak``: it may well be something else (a key of unknown meaning, a constant of a program, a
  time, a letter directly before it). Refused where chance cannot explain how many fit;
- ``against``: a word says that it is something else. The same, with a much smaller chance;
- ``none``: a time, a telephone number, a list of years. Left alone;

and a *group* (its column, its key, the word before it). In a group, the share that fits speaks: of
twelve-digit order numbers one in ten fits, of My Numbers nearly all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import comb

# Distinct numbers remembered for a group, and places for a file: what is beyond is only counted.
_MOST_NUMBERS = 20_000
_MOST_PLACES = 2_000
_CHANCE = 0.1
_UNLIKELY = {"plain": 0.011, "weak": 1.1e-5, "against": 1.1e-6}
# One of two plain ones: the other may be mistyped.
_FEW = 2
_POOL_UNLIKELY = 1.1e-6


class Weight(StrEnum):
    """What the surroundings of a candidate say."""

    FIELD = "field"
    PLAIN = "plain"
    WEAK = "weak"
    AGAINST = "against"
    NONE = "none"


class Reason(StrEnum):
    """Why a place is refused, or why a file cannot be cleared."""

    FIELD = "field"
    NUMBER = "number"
    SERIES = "series"
    FILE_NAME = "file_name"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    DAMAGED = "damaged"
    NO_READER = "no_reader"
    UNKNOWN = "unknown"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    NO_FILE = "no_file"


NUMBERS = frozenset({Reason.FIELD, Reason.NUMBER, Reason.SERIES, Reason.FILE_NAME})


@dataclass(frozen=True, order=True)
class Place:
    """Where: ``member`` of a container ("" for the file itself), line and column, 1-based."""

    member: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True)
class Finding:
    """A refused place; it never holds a digit of the number."""

    place: Place
    reason: Reason


@dataclass
class _Group:
    weight: Weight
    seen: set[str] = field(default_factory=set)
    fitting: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)

    def chance(self) -> float:
        return tail(len(self.fitting), len(self.seen))


@dataclass
class Evidence:
    """Gathers the candidates of one file; ``strict``: one number that fits is always enough."""

    strict: bool = False
    _groups: dict[tuple[str, ...], _Group] = field(default_factory=dict)
    _findings: dict[Place, Reason] = field(default_factory=dict)

    def refuse(self, place: Place, reason: Reason) -> None:
        """A place that is refused whatever else the file holds."""
        if len(self._findings) < _MOST_PLACES:
            self._findings.setdefault(place, reason)

    def add(
        self, digits: str, place: Place, *, fits: bool, weight: Weight, group: tuple[str, ...]
    ) -> None:
        """A candidate of twelve digits that its surroundings alone do not decide."""
        if weight == Weight.NONE:
            return
        if self.strict and fits:
            self.refuse(place, Reason.NUMBER)
            return
        gathered = self._groups.setdefault((weight.value, *group), _Group(weight))
        if len(gathered.seen) < _MOST_NUMBERS:
            gathered.seen.add(digits)
            if fits:
                gathered.fitting.add(digits)
        if fits and len(gathered.places) < _MOST_PLACES:
            gathered.places.append(place)

    def absorb(self, other: Evidence) -> None:
        """Take over what another pass over the same file has gathered."""
        self._findings.update(other._findings)
        self._groups.update(other._groups)

    def add_lines(self, other: Evidence) -> None:
        """Take over findings of a reading in another encoding, on lines that have none yet."""
        lines = {(found.place.member, found.place.line) for found in self.findings()}
        for found in other.findings():
            if (found.place.member, found.place.line) not in lines:
                self.refuse(found.place, found.reason)

    def findings(self) -> list[Finding]:
        """Everything that is refused, in order of place."""
        found = dict(self._findings)
        for group in self._groups.values():
            if _is_refused(group):
                lone = group.weight == Weight.PLAIN and len(group.fitting) == 1
                for place in group.places:
                    found.setdefault(place, Reason.NUMBER if lone else Reason.SERIES)
        for group in self._pooled():
            for place in group.places:
                found.setdefault(place, Reason.SERIES)
        return [Finding(place, reason) for place, reason in sorted(found.items())]

    def _pooled(self) -> list[_Group]:
        """Weak groups that chance explains one by one, but not all together."""
        weak = [g for g in self._groups.values() if g.weight in (Weight.WEAK, Weight.PLAIN)]
        fitting = len(set().union(*(g.fitting for g in weak)))
        seen = len(set().union(*(g.seen for g in weak)))
        if fitting < 2 or fitting * 2 < seen or tail(fitting, seen) > _POOL_UNLIKELY:
            return []
        return weak


def _is_refused(group: _Group) -> bool:
    fitting, seen = len(group.fitting), len(group.seen)
    if not fitting:
        return False
    if group.weight == Weight.PLAIN and seen <= _FEW:
        return True
    many = fitting >= 2 and fitting * 2 >= seen
    return many and group.chance() <= _UNLIKELY[group.weight]


def tail(fitting: int, seen: int) -> float:
    """How likely so many of ``seen`` random strings, or more, have a right check digit."""
    if seen > 1_000:
        # Far beyond the share of chance nothing is left to compute.
        return 0.0 if fitting > 0.3 * seen else 1.0
    return sum(
        comb(seen, n) * _CHANCE**n * (1 - _CHANCE) ** (seen - n) for n in range(fitting, seen + 1)
    )
