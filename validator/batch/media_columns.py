"""From the items of electronic media to canonical columns, and marks on single items."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import polars as pl

from validator.batch.layouts import Block, Choices, FormLayout, Joined, item_column
from validator.batch.media_header import MediaHeader, comparable_key
from validator.batch.media_lines import MEDIA_MARKS_SCHEMA
from validator.batch.model import Mark

_DIGITS = [str(d) for d in range(10)]
_WIDE_DIGITS = [chr(0xFF10 + d) for d in range(10)]
# One byte in CP932; everything else takes two.
_WIDE = "[^\u0000-\u007f\uff61-\uff9f]"


def canonical_values(
    persons: pl.DataFrame, layout: FormLayout, header: MediaHeader
) -> tuple[pl.DataFrame, int]:
    """``row``, ``block`` and the canonical columns of every person, with the employer's.

    Also returns how many lines name an employer that the header does not have.
    """
    offices, strangers = _offices(persons, layout, header)
    # Lazy, so that of 142 items only those are filtered that a column needs.
    whole = persons.hstack(offices).lazy()
    parts = [
        _of_block(whole, block).select(
            "row",
            "block",
            *(_value(sources, layout).alias(name) for name, sources in columns.items()),
            "office_code",
            "office_name",
        )
        for block, columns in _by_block(layout)
    ]
    lines = persons.select("row").filter(strangers).n_unique() if strangers.any() else 0
    return pl.concat(parts, how="diagonal").collect(), lines


def item_marks(persons: pl.DataFrame, layout: FormLayout) -> pl.DataFrame:
    """``row, block, column, mark``: values longer than the layout allows, in CP932 bytes."""
    found = [pl.DataFrame(schema=MEDIA_MARKS_SCHEMA)]
    for block, _ in _by_block(layout):
        limits = {i: i.max_bytes for i in layout.own_items(block) if i.max_bytes is not None}
        # One byte in UTF-8 is one in CP932: what is short enough there is short enough here.
        candidates = pl.any_horizontal(
            pl.col(item.column).str.len_bytes() > most for item, most in limits.items()
        )
        own = _of_block(persons.lazy(), block).filter(candidates).collect()
        for item, most in limits.items():
            found.append(
                own.filter(cp932_bytes(pl.col(item.column)) > most).select(
                    "row",
                    "block",
                    pl.lit(layout.column_of(item.no, block)).alias("column"),
                    pl.lit(Mark.BYTE_LENGTH_EXCEEDED.value).alias("mark"),
                )
            )
    return pl.concat(found).unique(maintain_order=True)


def _of_block(persons: pl.LazyFrame, block: Block | None) -> pl.LazyFrame:
    return persons if block is None else persons.filter(pl.col("block") == block.name)


def cp932_bytes(text: pl.Expr) -> pl.Expr:
    """Length of a text in CP932."""
    return text.str.len_chars() + text.str.count_matches(_WIDE)


def holds(choices: Choices, column: Callable[[int], pl.Expr]) -> pl.Expr:
    """Whether every item has one of its values: "*" any value, "" a blank; leading zeros aside."""
    return reduce(
        lambda a, b: a & b,
        (_is_one_of(column(no), values) for no, values in choices.items()),
        pl.lit(value=True),
    )


def _is_one_of(value: pl.Expr, values: tuple[str, ...]) -> pl.Expr:
    if values == ("*",):
        return value.is_not_null()
    if values == ("",):
        return value.is_null()
    codes = [code.lstrip("0") for code in values]
    return _bare(value).is_in(codes).fill_null(value=False)


def _bare(code: pl.Expr) -> pl.Expr:
    """A code in ASCII digits without leading zeros: width and outer spaces are only notation."""
    narrow = code.str.replace_many(_WIDE_DIGITS, _DIGITS)
    return narrow.str.strip_chars(" \u3000").str.strip_chars_start("0")


def _by_block(layout: FormLayout) -> list[tuple[Block | None, dict[str, tuple[Joined, ...]]]]:
    blocks: tuple[Block | None, ...] = layout.block or (None,)
    return [(block, layout.columns_of(block)) for block in blocks]


def _value(sources: tuple[Joined, ...], layout: FormLayout) -> pl.Expr:
    return pl.coalesce(*(_joined(source, layout) for source in sources))


def _joined(source: Joined, layout: FormLayout) -> pl.Expr:
    parts = [pl.col(item_column(no)) for no in source.items]
    if source.values is not None:
        parts[0] = _in_words(parts[0], layout.values[source.values])
    given = pl.any_horizontal(pl.col(item_column(no)).is_not_null() for no in source.items)
    if source.when:
        given &= holds(source.when, lambda no: pl.col(item_column(no)))
    elif len(parts) == 1:
        return parts[0]
    return pl.when(given).then(pl.concat_str(parts, separator=source.join, ignore_nulls=True))


def _in_words(code: pl.Expr, words: dict[str, str]) -> pl.Expr:
    """The word of a code; a code without one stays as submitted unless "*" gives it a word."""
    known = {key.lstrip("0"): word for key, word in words.items() if key != "*"}
    other = pl.when(code.is_not_null()).then(pl.lit(words["*"])) if "*" in words else code
    bare = _bare(code)
    return (
        pl.when(bare.is_in(list(known)))
        .then(bare.replace_strict(known, default=None, return_dtype=pl.String))
        .otherwise(other)
    )


def _offices(
    items: pl.DataFrame, layout: FormLayout, header: MediaHeader
) -> tuple[pl.DataFrame, pl.Series]:
    numbers = layout.office.get(header.layout.layout, ())
    columns = [item_column(no) for no in numbers]
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
    strangers = joined.select((named & pl.col("office_name").is_null()).alias("stranger"))
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
    ).with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep()), strangers["stranger"]
