"""The checks of single items of electronic media, served from the layout tables for all forms.

Each check gives one facts column: the official names of the items that break it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from validator.batch.layouts import Block, FormLayout, Item
from validator.batch.media_columns import cp932_bytes
from validator.resources import load_toml
from validator.rules.media_characters import NOT_KANA, ONE_BYTE, outside_pattern

NAMED = pl.String
ITEM_FACTS = (
    "em_required",
    "em_numeric",
    "em_codes",
    "em_long",
    "em_characters",
    "em_spaces",
    "em_zero",
    "em_length",
    "em_width",
    "em_known",
)
"""Names of the broken items joined by 、 (String), null if there are none."""

Checks = Mapping[str, Sequence[tuple[str, pl.Expr]]]
_WIDE_SPACE = "\u3000"
_SPACES = {
    "kana": f"  |{_WIDE_SPACE}",
    "kanji": f"{_WIDE_SPACE}{_WIDE_SPACE}| ",
    "kana_address": "  ",
}
_WIDTHS = {
    "kana": NOT_KANA,
    "kanji": ONE_BYTE,
    "alnum_or_kana": "^[^0-9A-Za-zｦ-ﾟ]|[0-9A-Za-z][^0-9A-Za-z]|[ｦ-ﾟ][^ｦ-ﾟ]",
}


def item_checks(layout: FormLayout, block: Block | None) -> dict[str, list[tuple[str, pl.Expr]]]:
    """Fact → (name of an item, condition that is true where the item breaks the check)."""
    found: dict[str, list[tuple[str, pl.Expr]]] = {fact: [] for fact in ITEM_FACTS}
    for item in layout.own_items(block):
        # What a My Number looks like is judged by rules of its own.
        a_number = layout.column_of(item.no, block) == "my_number"
        for fact, condition in _conditions(item, a_number).items():
            found[fact].append((item.name, condition))
    return found


def names_of(rows: pl.DataFrame, checks: Checks) -> pl.DataFrame:
    """``row`` and one column a check (names joined by 、 or null), only rows that break one."""
    plan = [
        (fact, name, condition.fill_null(value=False).alias(f"{fact}|{at}"))
        for fact, named in checks.items()
        for at, (name, condition) in enumerate(named)
    ]
    if not plan or rows.is_empty():
        return pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(checks, NAMED)})
    # First the cheap question for all rows, then the names for the few that need them.
    broken = rows.select("row", *(condition for _, _, condition in plan)).filter(
        pl.any_horizontal(pl.exclude("row"))
    )
    names = {fact: name for fact, name, _ in plan}
    columns = {
        fact: [
            pl.when(pl.col(f"{fact}|{at}")).then(pl.lit(name))
            for at, (name, _) in enumerate(checks[fact])
        ]
        for fact in names
    }
    return broken.select(
        "row",
        *(
            _or_null(pl.concat_str(parts, separator="、", ignore_nulls=True)).alias(fact)
            for fact, parts in columns.items()
        ),
        *(pl.lit(None, NAMED).alias(fact) for fact in checks if fact not in columns),
    ).select("row", *checks)


def _or_null(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)


def _conditions(item: Item, a_number: bool) -> dict[str, pl.Expr]:
    value = pl.col(item.column)
    found: dict[str, pl.Expr] = {}
    if item.required == "yes":
        found["em_required"] = value.is_null()
    if item.max_bytes is not None and not a_number:
        found["em_long"] = cp932_bytes(value) > item.max_bytes
    if item.type != "num":
        pattern = outside_pattern(kana_address=item.type == "kana_address")
        found["em_characters"] = value.str.contains(pattern)
    elif not a_number:
        found["em_numeric"] = ~value.str.contains("^[0-9]+$")
    if item.codes:
        codes = [code.lstrip("0") for code in item.codes]
        found["em_codes"] = ~value.str.strip_chars_start("0").is_in(codes)
    if item.type in _SPACES:
        found["em_spaces"] = value.str.contains(_SPACES[item.type])
    if item.type in _WIDTHS:
        found["em_width"] = value.str.contains(_WIDTHS[item.type])
    if item.not_zero or item.refused:
        zero = value.str.contains("^0+$") if item.not_zero else pl.lit(value=False)
        found["em_zero"] = zero | value.is_in(list(item.refused))
    if item.exact:
        found["em_length"] = value.str.len_bytes() < item.max_bytes
    if item.known:
        found["em_known"] = ~value.is_in(load_toml(f"layouts/{item.known}.toml")["codes"])
    return found
