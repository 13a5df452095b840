"""A side that names no municipality, or one that several share, read as the other side's."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.ladder import PREFECTURE
from validator.fields.address.parse import parse_addresses
from validator.fields.text import fold_width

WARD_AMBIGUOUS, MUNICIPALITY_MISSING = "WARD_AMBIGUOUS", "MUNICIPALITY_MISSING"
_TEXT = {"s": "submitted", "r": "registry"}


def completed(frame: pl.DataFrame, gazetteer: Gazetteer | None = None) -> pl.DataFrame:
    """``frame`` with the sides that leave the municipality open read once more.

    What they leave out is taken from the other side, to see whether it would fit. ``s_lacking``
    and ``r_lacking`` (String) say what was lacking, or are null.
    """
    frame = frame.with_columns(
        s_lacking=pl.lit(None, dtype=pl.String), r_lacking=pl.lit(None, dtype=pl.String)
    )
    frame = _completed(frame, "s", "r", gazetteer)
    return _completed(frame, "r", "s", gazetteer)


def _completed(
    frame: pl.DataFrame, side: str, other: str, gazetteer: Gazetteer | None
) -> pl.DataFrame:
    unsettled = pl.col(f"{side}_muni_code").is_null()
    known = pl.col(f"{other}_muni_code").is_not_null()
    at = frame.select(unsettled & known).to_series().arg_true()
    if not len(at):
        return frame
    rows = frame[at].with_columns(
        bare=fold_width(pl.col(_TEXT[side])).str.strip_chars(" ").str.replace(PREFECTURE, "")
    )
    prefecture, city = pl.col(f"{other}_prefecture"), pl.col(f"{other}_city")
    base = city.str.extract("^(.+市).+区$", 1)
    bare = pl.col("bare")
    for text, said in (
        (prefecture + bare, WARD_AMBIGUOUS),
        (prefecture + base + bare, WARD_AMBIGUOUS),
        (
            pl.when(bare.str.starts_with(base)).then(
                prefecture + city + bare.str.strip_prefix(base)
            ),
            WARD_AMBIGUOUS,
        ),
        (prefecture + city + bare, MUNICIPALITY_MISSING),
    ):
        rows = _try(rows, text, said, side, other, gazetteer)
    names = [name for name in frame.columns if name.startswith(f"{side}_")]
    return frame.with_columns(
        frame.get_column(name).clone().scatter(at, rows.get_column(name)) for name in names
    )


def _try(
    rows: pl.DataFrame,
    text: pl.Expr,
    said: str,
    side: str,
    other: str,
    gazetteer: Gazetteer | None,
) -> pl.DataFrame:
    """Rows still lacking something that ``text`` supplies take the parts of ``text``."""
    lacking = f"{side}_lacking"
    open_rows = rows.select(pl.col(lacking).is_null()).to_series()
    asked = rows.select(pl.when(open_rows).then(text)).to_series()
    if asked.null_count() == len(asked):
        return rows
    names = [n for n in rows.columns if n.startswith(f"{side}_") and n != lacking]
    parsed = parse_addresses(asked, gazetteer=gazetteer).select(
        pl.col(name.removeprefix(f"{side}_")).alias(f"n{name}") for name in names
    )
    fits = (
        (pl.col(f"n{side}_prefecture") == pl.col(f"{other}_prefecture"))
        & (pl.col(f"n{side}_city") == pl.col(f"{other}_city"))
        & (pl.col(f"n{side}_oaza") != "")
        & pl.col(f"n{side}_muni_code").is_not_null()
        & ~pl.col(f"n{side}_reasons").fill_null("").str.contains("TOWN_UNLISTED")
    )
    both = rows.hstack(parsed).with_columns(fits=fits.fill_null(value=False))
    return both.select(
        *(pl.exclude("fits", *parsed.columns, *names, lacking),),
        *(pl.when("fits").then(f"n{name}").otherwise(name).alias(name) for name in names),
        pl.when("fits").then(pl.lit(said)).otherwise(lacking).alias(lacking),
    )
