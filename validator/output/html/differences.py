"""Both sides of the differing items of the shown records, masked."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from validator.fields.address.parse import parse_addresses
from validator.fields.birth_date import parse_date
from validator.fields.kana.ladder import SPACED_KANA_RUNGS
from validator.fields.ladder import fold
from validator.fields.levels import differs
from validator.fields.name.ladder import SPACED_RUNGS
from validator.fields.name.variants import fold_variants
from validator.fields.text import drop_spaces, fold_width
from validator.privacy.mask_items import (
    ADDRESS_PARTS,
    LONGEST,
    Masked,
    MaskedPart,
    mask_addresses,
    mask_dates,
    mask_pair,
)
from validator.rules.model import Text

# The building counts as a difference only where the comparison says so.
_BUILDING = "BUILDING_DIFFERS"
# More than a mask draws, less than a folding needs minutes for.
_CUT = 4 * LONGEST


@dataclass(frozen=True)
class Difference:
    """One item of one record: ``masked`` for names, ``parts`` for dates and addresses."""

    where: Text | None = None
    masked: Masked | None = None
    parts: tuple[MaskedPart, ...] = ()


def differences(people: pl.DataFrame) -> dict[tuple[str, str], Difference]:
    """By record_id and item, what differs in each ``similar`` or ``different`` item of ``people``.

    ``people``: rows of `flagged_people`.
    """
    found: dict[tuple[str, str], Difference] = {}
    for item in ("name_kanji", "name_kana"):
        for record, left, right in _folded_names(people, item):
            masked = mask_pair(left, right)
            found[record, item] = Difference(Text(masked.where.ja, masked.where.en), masked)
    for record, left, right in _sides(people, "birth_date").iter_rows():
        parts, where = mask_dates(parse_date(left).day, parse_date(right).day)
        found[record, "birth_date"] = Difference(Text(where.ja, where.en), parts=parts)
    for record, _, _ in _sides(people, "sex").iter_rows():
        found[record, "sex"] = Difference(Text("届書と台帳で逆です", "the form says the other one"))
    found |= _addresses(people)
    return found


def _sides(people: pl.DataFrame, item: str, *more: str) -> pl.DataFrame:
    both = (f"submitted_{item}", f"registry_{item}")
    return people.filter(differs(f"level_{item}"), *(pl.col(c).is_not_null() for c in both)).select(
        "record_id", *(pl.col(c).str.slice(0, _CUT) for c in both), *more
    )


def _folded_names(people: pl.DataFrame, item: str) -> list[tuple[str, str, str]]:
    sides = _sides(people, item)
    if sides.is_empty():
        return []
    record, left, right = sides.get_columns()
    # Both sides in one column: the tables of the folds are built once for each call.
    text = pl.concat([left.alias("text"), right.alias("text")]).to_frame()
    key = pl.col("text")
    folded = (
        fold_variants(fold(key, SPACED_RUNGS))
        if item == "name_kanji"
        else fold(key, SPACED_KANA_RUNGS)
    )
    keys = text.select(folded).to_series().to_list()
    height = sides.height
    return list(zip(record.to_list(), keys[:height], keys[height:], strict=True))


def _addresses(people: pl.DataFrame) -> dict[tuple[str, str], Difference]:
    sides = _sides(people, "address", "steps_address")
    if sides.is_empty():
        return {}
    record, left, right, steps = sides.get_columns()
    parsed = parse_addresses(pl.concat([left.alias("a"), right.alias("a")]), detail=False)
    parts = parsed.select(
        *(pl.col(name) for name in ADDRESS_PARTS if name != "building"),
        building=drop_spaces(fold_width(pl.col("building"))),
    ).rows()
    height, found = sides.height, {}
    for at, (name, why) in enumerate(zip(record.to_list(), steps.to_list(), strict=True)):
        one, other = parts[at], parts[height + at]
        if _BUILDING not in why.split("+"):
            one, other = (*one[:-1], ""), (*other[:-1], "")
        masked = mask_addresses(one, other)
        found[name, "address"] = Difference(parts=masked)
    return found
