"""Family name and given name of two names laid side by side.

Works on spaced keys. Where only one side keeps the parts apart, the other is cut at its border;
where none does, a dictionary may cut it with the help of the kana.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which part is the same on both sides, and what stands where they differ."""

    family_same: bool
    given_same: bool
    family: tuple[str, str] = ("", "")
    given: tuple[str, str] = ("", "")

    @property
    def reason(self) -> str:
        """Code of what differs."""
        if self.family_same and not self.given_same:
            return "GIVEN_NAME_DIFFERS"
        if self.given_same and not self.family_same:
            return "FAMILY_NAME_DIFFERS"
        return "NAME_DIFFERS"

    def differing(self) -> list[tuple[str, str]]:
        """The texts of the parts that differ."""
        pairs = []
        if not self.family_same:
            pairs.append(self.family)
        if not self.given_same:
            pairs.append(self.given)
        return pairs


def align(a: list[str], b: list[str], same: Same) -> Alignment | None:
    """Lay the words of two names side by side; None where no border is known."""
    if len(a) >= 2 and len(b) >= 2:
        family, given = (a[0], b[0]), ("".join(a[1:]), "".join(b[1:]))
        found = Alignment(same(*family), same(*given), family, given)
        if len(a) == len(b) or found.family_same or found.given_same or not same(a[-1], b[-1]):
            return found
        # A family name of several words (DELA CRUZ): what ends alike is the given name.
        return Alignment(False, True, ("".join(a[:-1]), "".join(b[:-1])), (a[-1], b[-1]))
    if len(a) == 1 and len(b) >= 2:
        return _cut(a[0], b, same)
    if len(b) == 1 and len(a) >= 2:
        turned = _cut(b[0], a, same)
        return turned and Alignment(
            turned.family_same, turned.given_same, turned.family[::-1], turned.given[::-1]
        )
    return None


def _cut(whole: str, parts: list[str], same: Same) -> Alignment | None:
    """``whole`` cut like ``parts`` (family name, given name) where one of them fits."""
    family, given = parts[0], "".join(parts[1:])
    if len(whole) > len(family) and same(whole[: len(family)], family):
        rest = whole[len(family) :]
        return Alignment(True, same(rest, given), (family, family), (rest, given))
    if len(whole) > len(given) and same(whole[-len(given) :], given):
        rest = whole[: -len(given)]
        return Alignment(same(rest, family), True, (rest, family), (given, given))
    if len(whole) == len(family) + len(given):
        head, tail = whole[: len(family)], whole[len(family) :]
        return Alignment(False, False, (head, family), (tail, given))
    return None


def one_part_same(parts: Alignment | None) -> bool:
    """Whether a border is known and a part beside it agrees."""
    return parts is not None and (parts.family_same or parts.given_same)


def swapped(a: list[str], b: list[str], same: Same) -> bool:
    """The same words in another order (given name before family name)."""
    if len(a) >= 2 and len(b) >= 2:
        return len(a) == len(b) and _each_found(a, b, same)
    if len(b) == 2 and len(a) == 1:
        return same(a[0], b[1] + b[0])
    return len(a) == 2 and len(b) == 1 and same(b[0], a[1] + a[0])


def _each_found(short: list[str], long: list[str], same: Same) -> bool:
    rest = list(long)
    for word in short:
        hit = next((w for w in rest if same(word, w)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def part_missing(a: list[str], b: list[str], same: Same) -> bool:
    """One side is only the family name, only the given name, or lacks words of the other."""
    short, long = sorted((a, b), key=len)
    if len(short) < len(long) and _each_found(short, long, same):
        return True
    return len(short) == 1 and _inner_missing(short[0], "".join(long), same)


def _inner_missing(one: str, other: str, same: Same) -> bool:
    """Without a border: the shorter name is beginning and end of the longer one."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) < 2:
        return False
    ahead = 0
    while ahead < len(short) and same(short[ahead], long[ahead]):
        ahead += 1
    behind = 0
    while behind < len(short) and same(short[-1 - behind], long[-1 - behind]):
        behind += 1
    return ahead > 0 and behind > 0 and ahead + behind >= len(short)


def guess(a: str, b: str, same: Same) -> Alignment | None:
    """No border on either side: a common beginning or end of at least half the shorter name."""
    ahead = 0
    while ahead < min(len(a), len(b)) and same(a[ahead], b[ahead]):
        ahead += 1
    behind = 0
    while behind < min(len(a), len(b)) - ahead and same(a[-1 - behind], b[-1 - behind]):
        behind += 1
    if 2 * max(ahead, behind) < min(len(a), len(b)):
        return None
    if ahead >= behind:
        return Alignment(True, False, given=(a[ahead:], b[ahead:]))
    return Alignment(False, True, family=(a[: len(a) - behind], b[: len(b) - behind]))
