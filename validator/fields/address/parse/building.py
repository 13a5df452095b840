"""方書: building, room, 様方; and remarks behind it."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.cut import scatter
from validator.fields.text import HYPHENS, fold_width, squeeze_spaces

_EDGES = f" \t\r\n\u3000\u00a0、，,。{HYPHENS}ー"
_REMARK_WORDS = (
    "旧|元の|転送|送付|連絡|住民票|本籍|届|予定|付近|以下|※|備考|内線|電話|TEL|昭和|平成|令和"
)
_BRACKET = r"[（(【［\[〔]([^（(【［\[〔]*)[）)】］\]〕]?$"


def split_remark(frame: pl.DataFrame) -> pl.DataFrame:
    """``building`` and ``remark`` of ``rest``: its edges cut off, a bracket of remarks apart.

    A bracket that holds no remark is the building itself, or part of it, and stays.
    """
    frame = frame.with_columns(building=pl.col("rest").str.strip_chars(_EDGES), remark=pl.lit(""))
    at = frame["building"].str.contains("[（(【［\\[〔]").arg_true()
    if not len(at):
        return frame
    rows = (
        frame[at]
        .select("building")
        .with_columns(bracket=pl.col("building").str.extract(f"({_BRACKET})", 1).fill_null(""))
    )
    remark = (
        pl.when(pl.col("bracket").str.contains(_REMARK_WORDS)).then("bracket").otherwise(pl.lit(""))
    )
    rows = rows.with_columns(remark=remark).select(
        "remark",
        building=pl.col("building").str.strip_suffix(pl.col("remark")).str.strip_chars(_EDGES),
    )
    return scatter(frame, at, rows)


def read_buildings(building: pl.Series) -> pl.DataFrame:
    """``building_name, room, care_of`` of each 方書, folded in width; null where there is none."""
    text = squeeze_spaces(fold_width(pl.lit(building)))
    frame = pl.select(text=text.str.replace_all(r"[()\[\]【】]", " ").str.strip_chars(" "))
    care = pl.col("text").str.extract(r"([^\s0-9]{1,20}?)(?:様方|様宅|気付|気附)", 1)
    care = pl.coalesce(care, pl.col("text").str.extract(r"(?:^|[\s0-9])([^\s0-9]{1,12})方$", 1))
    room = pl.col("text").str.extract(
        r"(?:^|[^0-9A-Z])([A-Z]?-?[0-9]{1,5}(?:-?[A-Z0-9]{1,3})?)(?:号室|号棟|号|室|F|階)?\s*$", 1
    )
    name = pl.col("text").str.extract(r"^(.*?)[\s\-]*[A-Z]?-?[0-9]*(?:号室|号|室)?$", 1)
    return frame.select(
        building_name=pl.when(name.str.strip_chars(" -") != "").then(name.str.strip_chars(" -")),
        room=room,
        care_of=care,
    )
