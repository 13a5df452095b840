"""Items of electronic media lines as facts: ``m01`` … by 項番, and what the layouts say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from validator.batch import Batch
from validator.batch.layouts import Block, FormLayout, form_layouts
from validator.rules.media_conditions import (
    condition_checks,
    condition_facts,
    date_checks,
    date_fact,
    own_dates,
    with_dates,
)
from validator.rules.media_items import item_checks, names_of
from validator.rules.model import Rule

ACQUISITION, LOSS, DEPENDANTS = "2200700", "2201700", "2202700"
FORM_NAMES = {
    ACQUISITION: "資格取得届",
    LOSS: "資格喪失届",
    DEPENDANTS: "被扶養者(異動)届",
}
_FORM_OF_FAMILY = {"ES": LOSS, "ED": DEPENDANTS}
_FAMILIES = ("EM", *_FORM_OF_FAMILY)

FACTS = """
media_code                String: 様式コード of the record's line
media_blocks              String: names of the filled blocks of its line, joined by ","
m01 … m142                String: its items by 項番; other dependants all under 70 to 102 and 138
em_required …             String: see `media_items.ITEM_FACTS`, `media_conditions.DATE_FACTS`
items_es003 …             String: see `media_conditions.condition_fact`
d06 …                     Date: dates that are no canonical column, by the 項番 of their era
"""


def item(number: int) -> pl.Expr:
    """Item ``number`` (項番, 1-based) as submitted; null where blank."""
    return pl.col(f"m{number:02d}")


def given(number: int) -> pl.Expr:
    """Whether item ``number`` is filled."""
    return item(number).is_not_null()


def media_facts(part: pl.DataFrame, batch: Batch, rules: Sequence[Rule]) -> pl.DataFrame:
    """Add to ``part`` what ``rules`` ask of electronic media, if the batch has any (`FACTS`).

    Facts of forms that the batch does not have are not there; items that a line does not have
    are null.
    """
    if not batch.media_fields:
        return part  # the layouts are not even read
    forms = [layout for code, layout in form_layouts().items() if code in batch.media_fields]
    if not forms:
        return part
    # A line of 被扶養者(異動)届 has 142 items; few are asked for by rules of their own.
    asked = _items_asked_for(rules)
    own = [
        _facts(layout, batch.media_fields[layout.form_code], part.select("row", "block"), asked)
        for layout in forms
    ]
    joined = part.join(pl.concat(own, how="diagonal"), on="row", how="left", maintain_order="left")
    return joined.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in asked if name not in joined.columns
    )


def _items_asked_for(rules: Sequence[Rule]) -> list[str]:
    names = {
        name
        for rule in rules
        if rule.family in _FAMILIES
        for name in rule.when.meta.root_names()
        if re.fullmatch(r"m\d+", name)
    }
    return sorted(names)


def has_media_facts(facts: pl.DataFrame, family: str) -> bool:
    """False for a family of rules whose items the batch does not have."""
    if family not in _FAMILIES:
        return True
    if "media_code" not in facts.columns:
        return False
    form = _FORM_OF_FAMILY.get(family)
    return form is None or set(condition_facts(form_layouts()[form])) <= set(facts.columns)


def _facts(
    layout: FormLayout, fields: pl.DataFrame, records: pl.DataFrame, asked: Sequence[str]
) -> pl.DataFrame:
    """``row`` and all facts of the records of one form."""
    first, last = records["row"].min(), records["row"].max()
    rows = fields.filter(pl.col("row").is_between(first, last)).join(
        records, on="row", how="inner", maintain_order="left"
    )
    blocks: tuple[Block | None, ...] = layout.block or (None,)
    found = [
        _of_block(rows.filter(pl.col("block") == block.name) if block else rows, layout, block)
        for block in blocks
    ]
    return rows.select(
        "row",
        pl.lit(layout.form_code).alias("media_code"),
        (pl.col("blocks") if layout.block else pl.lit(None, pl.String)).alias("media_blocks"),
        *(
            pl.col(one.column).alias(f"m{one.no:02d}")
            for one in layout.item
            if f"m{one.no:02d}" in asked
        ),
    ).join(pl.concat(found, how="diagonal"), on="row", how="left", maintain_order="left")


def _of_block(rows: pl.DataFrame, layout: FormLayout, block: Block | None) -> pl.DataFrame:
    """``row`` and the facts of one person's items, where there is anything to say."""
    dates = own_dates(layout, block)
    rows = with_dates(rows, dates)
    checks = {
        **item_checks(layout, block),
        **date_checks(dates),
        **condition_checks(layout, block),
    }
    days = [date_fact(one.items[0]) for one in dates]
    named = names_of(rows, checks)
    if not days:
        return named
    return rows.select("row", *days).join(named, on="row", how="left", maintain_order="left")
