"""From lines to persons: a line of 被扶養者(異動)届 holds the insured and three dependants."""

from __future__ import annotations

import polars as pl

from validator.batch.layouts import Block, FormLayout, item_column, numbers_in

PERSON = ("row", "block")


def persons(items: pl.DataFrame, layout: FormLayout) -> pl.DataFrame:
    """One row a person: ``row`` (of the line), ``fields``, ``block``, ``blocks``, ``f01`` ...

    ``blocks`` names the filled blocks of the line. A person's row holds the items of the whole
    line and its own; those of a block that is like another stand under that one's numbers, the
    rest are null. The first block also keeps what stands outside the persons' own part of the
    line (資格確認書発行要否 beside an empty block). Lines of a layout without blocks stay as
    they are, ``block`` null, without ``blocks``.
    """
    if not layout.block:
        return items.with_columns(pl.lit(None, pl.String).alias("block"))
    filled = {block.name: _filled(block, layout) for block in layout.block}
    names = pl.concat_str(
        *(pl.when(condition).then(pl.lit(name)) for name, condition in filled.items()),
        separator=",",
        ignore_nulls=True,
    )
    marked = items.with_columns(names.alias("blocks"))
    return pl.concat(
        [
            marked.filter(filled[block.name]).select(
                "row", "fields", pl.lit(block.name).alias("block"), "blocks", *_own(block, layout)
            )
            for block in layout.block
        ]
    )


def in_order(records: pl.DataFrame, layouts: list[FormLayout]) -> pl.DataFrame:
    """Records with ``line_index`` and ``block`` in the order of lines, then of their blocks."""
    ranks = {block.name: at for layout in layouts for at, block in enumerate(layout.block)}
    if not ranks:
        return records.sort("line_index")
    rank = pl.col("block").replace_strict(ranks, default=0, return_dtype=pl.UInt8)
    return records.sort("line_index", rank, maintain_order=True)


def records_of(table: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """``table`` with ``row`` (of a line) and ``block`` → ``index`` (row of ``records``) instead.

    What belongs to a block without a record stands at the first record of its line.
    """
    if records["block"].null_count() == len(records):
        return table.rename({"row": "index"}).drop("block")
    places = records.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
        pl.col("line_index").alias("row"),
        "block",
    )
    first = places.unique("row", keep="first").select("row", pl.col("index").alias("first"))
    # Only the two columns that name a person are joined: the table may be 142 items wide.
    index = (
        table.select(PERSON)
        .join(places, on=PERSON, how="left", nulls_equal=True, maintain_order="left")
        .join(first, on="row", how="left", maintain_order="left")
        .select(pl.coalesce("index", "first").alias("index"))
    )
    return index.hstack(table.drop(PERSON))


def _filled(block: Block, layout: FormLayout) -> pl.Expr:
    own = _places(block, layout)
    by = [own[no] for no in _filled_numbers(block, layout)]
    if not by:
        return pl.lit(value=True)
    given = [pl.col(item_column(no)).str.contains(r"\S").fill_null(value=False) for no in by]
    return pl.any_horizontal(given)


def _places(block: Block, layout: FormLayout) -> dict[int, int]:
    """Item number as it is read -> number on the line."""
    return dict(zip(layout.read_as(block).numbers(), block.numbers(), strict=True))


def _own(block: Block, layout: FormLayout) -> list[pl.Expr]:
    places = {no: no for no in layout.block[0].numbers()} | _places(block, layout)
    if block is layout.block[0]:
        for other in layout.block[1:]:
            beside = set(_places(other, layout)) - set(_filled_numbers(other, layout))
            places |= {no: no for no in (_places(other, layout)[n] for n in beside)}
    return [
        pl.col(item_column(places[item.no])).alias(item.column)
        if item.no in places
        else pl.lit(None, pl.String).alias(item.column)
        for item in layout.item
    ]


def _filled_numbers(block: Block, layout: FormLayout) -> list[int]:
    return numbers_in(layout.read_as(block).filled_by)
