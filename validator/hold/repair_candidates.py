"""Numbers that could have been meant: every one that a single slip turns into what was written.

Only numbers whose check digit is right are candidates: of about 130 neighbours of a number with a
wrong check digit some thirteen are left, of those of a right one two or three. Which of them
belongs to the person only the registry can tell (`validator.hold.repair`).

The check digit stands for the weighted sum of the other eleven, mod 11 (平成26年総務省令第85号
第5条). So the one digit that fits a place is solved from the sum; ten need not be tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import polars as pl

_LENGTH = 12
_BODY = range(1, _LENGTH)  # places of the eleven digits before the check digit
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


class Slip(StrEnum):
    """How a number was mistyped. Positions count from the left, from 1.

    Of a lost digit it is the position that the digit has in the right number; of all others the
    position in what was written.
    """

    SUBSTITUTION = "substitution"
    NEIGHBOURS_SWAPPED = "neighbours_swapped"
    JUMP_SWAPPED = "jump_swapped"
    DIGIT_LOST = "digit_lost"
    DIGIT_DOUBLED = "digit_doubled"
    DIGIT_EXTRA = "digit_extra"


def number_candidates(written: pl.DataFrame) -> pl.DataFrame:
    """Numbers one slip away from what was written.

    ``written``: ``row`` and ``digits`` (String; only eleven, twelve or thirteen ASCII digits have
    candidates). Returns ``row``, ``number`` (Int64, check digit right) and ``repair`` (the slip
    and its positions: ``substitution@7``, ``neighbours_swapped@4-5``). No number comes twice for
    one row: where several slips of one kind give the same number, the last position counts.
    """
    schema = {"row": written.schema["row"], "number": pl.Int64(), "repair": pl.String()}
    found = [pl.DataFrame(schema=schema)]
    for length, sums, candidates in _SLIPS:
        some = written.filter(pl.col("digits").str.contains(f"^[0-9]{{{length}}}$"))
        if some.is_empty():
            continue
        value = some.select("row", value=pl.col("digits").cast(pl.Int64))
        value = value.with_columns(
            (pl.col("value") // _unit(length, at) % 10).alias(f"d{at}")
            for at in range(1, length + 1)
        ).with_columns(sums())
        made = value.select(
            "row",
            *(
                pl.when(may_be).then(number).alias(f"{slip}/{n}")
                for n, (number, may_be, slip) in enumerate(candidates())
            ),
        )
        wide = made.unpivot(index="row", variable_name="repair", value_name="number")
        found.append(
            wide.drop_nulls("number").select(
                "row", "number", pl.col("repair").str.extract("^([^/]+)", 1)
            )
        )
    return pl.concat(found)


_Candidate = tuple[pl.Expr, pl.Expr, str]
"""A number, whether it is a candidate, and the slip; made of ``value`` and its digits ``d1`` …"""


def _unit(length: int, position: int) -> int:
    """What a 1 at ``position`` of ``length`` digits is worth; an Int64 holds thirteen of them."""
    return int(10 ** (length - position))


def _digit(position: int) -> pl.Expr:
    return pl.col(f"d{position}")


def _weighted(written: Mapping[int, int]) -> pl.Expr:
    """Weighted sum of a number; ``written``: its places → the written digits that stand there."""
    return pl.sum_horizontal(_digit(at) * _WEIGHTS[place - 1] for place, at in written.items())


def _check_digit(total: pl.Expr) -> pl.Expr:
    rest = total % 11
    return pl.when(rest <= 1).then(0).otherwise(11 - rest)


def _fitting_digits(
    others: pl.Expr, check: pl.Expr, place: int
) -> Iterator[tuple[pl.Expr, pl.Expr]]:
    """The digits at ``place`` (1 to 11) that ``check`` fits, each with what makes it one.

    ``others``: weighted sum of the ten other digits. The sum leaves 11 - check; a check digit of 0
    stands for both 0 and 1.
    """
    inverse = pow(_WEIGHTS[place - 1], -1, 11)
    for rest, applies in ((11 - check, pl.lit(value=True)), (pl.lit(1, pl.Int64), check == 0)):
        digit = ((rest - others) * inverse) % 11
        yield digit, applies & (digit < 10)


def _sum_of_mistyped() -> Iterator[pl.Expr]:
    yield _weighted({at: at for at in _BODY}).alias("total")


def _mistyped() -> Iterator[_Candidate]:
    value, total, check = pl.col("value"), pl.col("total"), _digit(_LENGTH)
    for at in _BODY:
        written = _digit(at)
        for digit, fits in _fitting_digits(total - written * _WEIGHTS[at - 1], check, at):
            number = value + (digit - written) * _unit(_LENGTH, at)
            yield number, fits & (digit != written), f"{Slip.SUBSTITUTION}@{at}"
    right = _check_digit(total)
    yield value + right - check, right != check, f"{Slip.SUBSTITUTION}@{_LENGTH}"
    for span, slip in ((1, Slip.NEIGHBOURS_SWAPPED), (2, Slip.JUMP_SWAPPED)):
        for at in range(1, _LENGTH + 1 - span):
            other = at + span
            more = _digit(other) - _digit(at)
            of_body = other in _BODY
            weight = _WEIGHTS[at - 1] - (_WEIGHTS[other - 1] if of_body else 0)
            fits = _check_digit(total + more * weight) == (check if of_body else _digit(at))
            number = value + more * (_unit(_LENGTH, at) - _unit(_LENGTH, other))
            yield number, (more != 0) & fits, f"{slip}@{at}-{other}"


def _sums_around_the_lost() -> Iterator[pl.Expr]:
    for at in _BODY:
        others = {place: place if place < at else place - 1 for place in _BODY if place != at}
        yield _weighted(others).alias(f"others{at}")
    yield _weighted({at: at for at in _BODY}).alias("total")


def _lost() -> Iterator[_Candidate]:
    """Eleven digits: one goes back in. In a run of equal digits it goes behind the others."""
    value = pl.col("value")
    for at in _BODY:
        unit = _unit(_LENGTH, at)
        for digit, fits in _fitting_digits(pl.col(f"others{at}"), _digit(_LENGTH - 1), at):
            number = (value // unit * 10 + digit) * unit + value % unit
            yield number, fits & (digit != _digit(at)), f"{Slip.DIGIT_LOST}@{at}"
    number = value * 10 + _check_digit(pl.col("total"))
    yield number, pl.lit(value=True), f"{Slip.DIGIT_LOST}@{_LENGTH}"


def _sums_without_one() -> Iterator[pl.Expr]:
    for at in range(1, _LENGTH + 2):
        left = {place: place if place < at else place + 1 for place in _BODY}
        yield _weighted(left).alias(f"without{at}")


def _surplus() -> Iterator[_Candidate]:
    """Thirteen digits: one comes out. Of a run of equal digits it is the last one."""
    value, written = pl.col("value"), _LENGTH + 1
    for at in range(1, written + 1):
        unit = _unit(written, at)
        number = value // (unit * 10) * unit + value % unit
        check = _digit(written if at < written else _LENGTH)
        may_be = _check_digit(pl.col(f"without{at}")) == check
        if at < written:
            may_be = may_be & (_digit(at) != _digit(at + 1))
        doubled = _digit(at) == _digit(at - 1) if at > 1 else pl.lit(value=False)
        yield number, may_be & doubled, f"{Slip.DIGIT_DOUBLED}@{at}"
        yield number, may_be & ~doubled, f"{Slip.DIGIT_EXTRA}@{at}"


# Digits written, the sums they need, the candidates made of them.
_SLIPS = (
    (_LENGTH - 1, _sums_around_the_lost, _lost),
    (_LENGTH, _sum_of_mistyped, _mistyped),
    (_LENGTH + 1, _sums_without_one, _surplus),
)
