"""方書: building, room, 様方; and remarks behind it."""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.account import scatter
from validator.fields.text import HYPHENS, fold_width, squeeze_spaces

_EDGES = f" \t\r\n\u3000\u00a0、，,。{HYPHENS}"
_FRONT_EDGES = f"{_EDGES}ーｰ"
_REMARK_WORDS = (
    "旧|元の|転送|送付|連絡|住民票|本籍|届|予定|付近|以下|※|備考|自宅|実家|現住所|住所|内線|電話|TEL|"
    "昭和|平成|令和|まで|から|[0-9０-９]年"
)
_BRACKET = r"[（(【［\[〔]([^（(【［\[〔]*)[）)】］\]〕]?$"
# A remark without brackets, to the end.
_SAID = r"(?:※|備考|電話|TEL|Tel|tel|℡|☎).*$"
_REMARKED = "[（(【［\\[〔※備電Tt℡☎]"
LONGEST = 400
# の between a block and its room: 2-27の301.
_JOINED = "^[のノ]([0-9０-９])"


def split_remark(frame: pl.DataFrame, tails: pl.Series | None) -> pl.DataFrame:
    """``building`` and ``remark`` of ``rest``: its edges cut off, a remark behind it apart.

    A bracket that holds no remark is the building itself, or part of it, and stays. Where ``tails``
    go on, the building goes on with them, and only its beginning is cut off.
    """
    frame = frame.with_columns_seq(
        building=_after_edges(pl.col("rest")).str.strip_chars_end(_EDGES), remark=pl.lit("")
    )
    marked = frame["building"].str.contains(_REMARKED)
    if marked.any():
        at = marked.arg_true()
        rows = frame[at].select_seq(
            "building",
            bracket=pl.col("building").str.extract(f"({_BRACKET})", 1).fill_null(""),
            said=pl.col("building").str.extract(f"({_SAID})", 1).fill_null(""),
        )
        bracket = pl.col("bracket").str.contains(_REMARK_WORDS) & (
            pl.col("bracket").str.len_chars() >= pl.col("said").str.len_chars()
        )
        rows = rows.with_columns_seq(remark=pl.when(bracket).then("bracket").otherwise("said"))
        rows = rows.select_seq(
            "remark",
            building=pl.col("building")
            .str.strip_suffix(pl.col("remark"))
            .str.strip_chars_end(_EDGES),
        )
        frame = scatter(frame, at, rows)
    if tails is not None:
        at = (tails != "").arg_true()
        whole = frame[at].select(building=_after_edges(pl.col("rest")))
        frame = scatter(frame, at, whole.with_columns(remark=pl.lit("")))
    return frame


def _after_edges(rest: pl.Expr) -> pl.Expr:
    return rest.str.strip_chars_start(_FRONT_EDGES).str.replace(_JOINED, "${1}")


def read_dropped(frame: pl.DataFrame) -> pl.DataFrame:
    """``dropped``: what stands before the address, and the edges of building and remark.

    ``frame``: ``full, front, rest, building, remark``.
    """
    rest, remark = pl.col("rest"), pl.col("remark").str.len_chars()
    begin = rest.str.len_chars() - _after_edges(rest).str.len_chars()
    end = begin + pl.col("building").str.len_chars()
    # The remark is the last of what remains, but for edges behind it.
    behind = rest.str.slice(end)
    tail = behind.str.len_chars() - behind.str.strip_chars_end(_EDGES).str.len_chars()
    between = behind.str.len_chars() - remark - tail
    return frame.select_seq(
        dropped=pl.col("full").str.slice(0, pl.col("front"))
        + rest.str.slice(0, begin)
        + behind.str.slice(0, between)
        + behind.str.slice(between + remark)
    )


def read_buildings(building: pl.Series) -> pl.DataFrame:
    """``building_name, room, care_of`` of each 方書, folded in width; null where there is none."""
    text = squeeze_spaces(fold_width(pl.lit(building.str.head(LONGEST))))
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
