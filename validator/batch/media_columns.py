"""From the items of electronic media to canonical columns, and marks on single items."""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.batch.layouts import FormLayout, Joined
from validator.batch.media_header import MediaHeader, comparable_key
from validator.batch.media_lines import MEDIA_MARKS_SCHEMA
from validator.batch.model import Mark

# One byte in CP932; everything else takes two.
_WIDE = "[^\u0000-\u007f\uff61-\uff9f]"


def canonical_values(
    items: pl.DataFrame, layout: FormLayout, header: MediaHeader
) -> tuple[pl.DataFrame, int]:
    """``row`` and the canonical columns the layout fills, ``office_code`` and ``office_name``.

    Also returns how many lines name an employer that the header does not have.
    """
    values = items.select(
        "row",
        *(
            pl.coalesce(*(_joined(source) for source in sources)).alias(column)
            for column, sources in layout.columns.items()
        ),
    )
    offices, strangers = _offices(items, layout, header)
    return values.hstack(offices), strangers


def item_marks(items: pl.DataFrame, layout: FormLayout) -> pl.DataFrame:
    """Values longer than the layout allows, counted in CP932 bytes."""
    found = [pl.DataFrame(schema=MEDIA_MARKS_SCHEMA)]
    for item in layout.item:
        if item.max_bytes is None:
            continue
        name = f"f{item.no:02d}"
        candidates = items.filter(pl.col(name).str.len_bytes() > item.max_bytes)
        wide = pl.col(name).str.count_matches(_WIDE)
        found.append(
            candidates.filter(pl.col(name).str.len_chars() + wide > item.max_bytes).select(
                pl.col("row").alias("index"),
                pl.lit(layout.column_of(item.no)).alias("column"),
                pl.lit(Mark.BYTE_LENGTH_EXCEEDED.value).alias("mark"),
            )
        )
    return pl.concat(found).unique(maintain_order=True)


def _joined(source: Joined) -> pl.Expr:
    if len(source.items) == 1:
        return pl.col(f"f{source.items[0]:02d}")
    names = [f"f{no:02d}" for no in source.items]
    joined = pl.concat_str(names, separator=source.join, ignore_nulls=True)
    return pl.when(pl.any_horizontal(pl.col(names).is_not_null())).then(joined)


def _offices(
    items: pl.DataFrame, layout: FormLayout, header: MediaHeader
) -> tuple[pl.DataFrame, int]:
    numbers = layout.office.get(header.layout.layout, ())
    columns = [f"f{no:02d}" for no in numbers]
    named = reduce(lambda a, b: a & b, (pl.col(name).is_not_null() for name in columns))
    known = {header.key(office): office for office in header.offices}
    only = header.offices[0] if len(header.offices) == 1 else None
    code_at = [header.layout.office.key.index(name) for name in header.layout.office.code]
    found = []
    for parts in items.filter(named).select(columns).unique(maintain_order=True).rows():
        code = header.layout.office_key_separator.join(parts[at] for at in code_at)
        office = known.get(comparable_key(parts))
        found.append((*parts, code, office.values[header.layout.office.name] if office else None))
    table = pl.DataFrame(
        found,
        schema=dict.fromkeys([*columns, "office_code", "office_name"], pl.String),
        orient="row",
    )
    joined = items.select(columns).join(table, on=columns, how="left", maintain_order="left")
    strangers = joined.filter(named & pl.col("office_name").is_null()).height
    # A line that names no employer belongs to the only one the header has.
    fallback = (header.code(only), only.values[header.layout.office.name]) if only else (None, None)
    return joined.select(
        pl.when(named)
        .then("office_code")
        .otherwise(pl.lit(fallback[0], pl.String))
        .alias("office_code"),
        pl.when(named)
        .then("office_name")
        .otherwise(pl.lit(fallback[1], pl.String))
        .alias("office_name"),
    ).with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep()), strangers
