"""Plain notations of dates, read by expression: a large batch holds ten thousands of them.

What is read here is what `parse.parse_date` reads, with the same day; all else is left to it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from validator.fields.birth_date.parse import eras

_WIDE = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_PLAIN = "^[ \u3000]*[0-9０-９A-ZＡ-Ｚ明治大正昭和平成令元年月日/.／．－-]+[ \u3000]*$"
_SPLIT_DAY = r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?$"
_COMPACT_DAY = "([0-9]{2})([0-9]{2})$"
_ERA = "(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])"
# Era (none for a western year), year, month, day.
_SHAPES = (
    "^()([0-9]{4})[-/.年]" + _SPLIT_DAY,
    "^()([0-9]{4})" + _COMPACT_DAY,
    f"^{_ERA}(元|[0-9]{{1,2}})[-/.年]" + _SPLIT_DAY,
    f"^{_ERA}([0-9]{{2}})" + _COMPACT_DAY,
    "^([13579])([0-9]{2})" + _COMPACT_DAY,
)
_WESTERN = ""


def read_plain(raws: pl.Series) -> pl.DataFrame:
    """``raw`` and ``day`` (Date, null where it is not for certain a plain notation)."""
    text = pl.when(pl.col("raw").str.contains(_PLAIN)).then("raw")
    folded = text.str.replace_many(list(_WIDE), list(_WIDE.values())).str.strip_chars(" \u3000")
    found = raws.alias("raw").to_frame().with_columns(text=folded)
    found = found.with_columns(
        pl.col("text").str.extract_groups(shape).alias(f"shape{at}")
        for at, shape in enumerate(_SHAPES)
    )
    era, year, month, day = (
        pl.coalesce(pl.col(f"shape{at}").struct.field(part) for at in range(len(_SHAPES)))
        for part in "1234"
    )
    known = eras()
    base = {_WESTERN: 0} | {name: one.base for name, one in known.items()}
    first = {_WESTERN: date.min} | {name: one.first for name, one in known.items()}
    last = {_WESTERN: date.max} | {name: one.last for name, one in known.items()}
    parts = found.select("raw", era=era, year=year.replace("元", "1"), month=month, day=day)
    western = pl.col("year").cast(pl.Int32) + pl.col("era").replace_strict(
        base, default=None, return_dtype=pl.Int32
    )
    written = pl.concat_str(
        western.cast(pl.String).str.zfill(4),
        pl.col("month", "day").str.zfill(2),
        separator="-",
    )
    read = parts.with_columns(read=written.str.to_date("%Y-%m-%d", strict=False))
    begins, ends = (
        pl.col("era").replace_strict(bounds, default=None, return_dtype=pl.Date)
        for bounds in (first, last)
    )
    return read.select("raw", day=pl.when(pl.col("read").is_between(begins, ends)).then("read"))
