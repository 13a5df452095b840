"""Dates of a whole column: plain ones by expression, the rest once for each distinct value."""

from __future__ import annotations

from datetime import date

import polars as pl

from validator.fields.birth_date.parse import DateState, parse_date, written_date
from validator.fields.birth_date.plain import read_plain

# So few are read one by one in less time than expressions take to set out.
_FEW = 500
_SCHEMA = {"raw": pl.String, "day": pl.Date, "state": pl.String, "suggestion": pl.Date}


def date_map(values: pl.Series) -> pl.DataFrame:
    """Distinct raw ``values`` → frame ``raw, day (Date), state (DateState), suggestion (Date)``."""
    distinct = values.drop_nulls().unique().alias("raw")
    # polars knows a year 0; the parser says that there is none.
    iso = pl.col("raw").str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$") & ~pl.col(
        "raw"
    ).str.starts_with("0000")
    read = distinct.to_frame().with_columns(
        day=pl.when(iso).then(pl.col("raw").str.to_date("%Y-%m-%d", strict=False))
    )
    # An ISO date that polars cannot read (2月30日) is left to the parser, which says why.
    quick = read.drop_nulls("day").with_columns(
        state=pl.lit(DateState.ISO.value), suggestion=pl.lit(None, dtype=pl.Date)
    )
    rest = read.filter(pl.col("day").is_null())["raw"]
    if len(rest) <= _FEW:
        return pl.concat([quick, _parsed(rest.to_list())])
    plain = read_plain(rest)
    noted = plain.drop_nulls("day").with_columns(
        state=pl.lit(DateState.NOTATION.value), suggestion=pl.lit(None, dtype=pl.Date)
    )
    left = plain.filter(pl.col("day").is_null())["raw"]
    return pl.concat([quick, noted, _parsed(left.to_list())])


def _parsed(raws: list[str]) -> pl.DataFrame:
    parsed = [parse_date(value) for value in raws]
    days: list[date | None] = [p.day for p in parsed]
    return pl.DataFrame(
        {
            "raw": raws,
            "day": days,
            "state": [p.state.value for p in parsed],
            "suggestion": [p.suggestion for p in parsed],
        },
        schema=_SCHEMA,
    )


def written_map(values: pl.Series) -> pl.DataFrame:
    """Distinct raw ``values`` → ``raw, w_year, w_month, w_day, w_base`` (`WrittenDate`, Int32)."""
    raws = values.drop_nulls().unique().to_list()
    written = [written_date(value) for value in raws]
    columns = ("year", "month", "day", "base")
    parts = {
        f"w_{name}": [None if found is None else getattr(found, name) for found in written]
        for name in columns
    }
    schema = {"raw": pl.String, **{f"w_{name}": pl.Int32 for name in columns}}
    return pl.DataFrame({"raw": raws, **parts}, schema=schema)


def date_columns(frame: pl.DataFrame, column: str, prefix: str) -> pl.DataFrame:
    """Add ``{prefix}`` (Date), ``{prefix}_state`` and ``{prefix}_hint`` (Date) to ``frame``.

    A column without any value costs nothing: the three columns are literals.
    """
    state_name, hint_name = f"{prefix}_state", f"{prefix}_hint"
    if frame.get_column(column).null_count() == frame.height:
        return frame.with_columns(
            pl.lit(None, dtype=pl.Date).alias(prefix),
            pl.lit(DateState.BLANK.value).alias(state_name),
            pl.lit(None, dtype=pl.Date).alias(hint_name),
        )
    mapping = date_map(frame.get_column(column)).rename(
        {"day": prefix, "state": state_name, "suggestion": hint_name}
    )
    return frame.join(
        mapping, left_on=column, right_on="raw", how="left", maintain_order="left"
    ).with_columns(pl.col(state_name).fill_null(DateState.BLANK.value))
