"""The parser: front, key, place, block, rest; and the account of what became of every character."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, load_gazetteer
from validator.fields.address.parse.assemble import assemble
from validator.fields.address.parse.block import read_blocks
from validator.fields.address.parse.front import read_front
from validator.fields.address.parse.key import bare, padded
from validator.fields.address.parse.match import match
from validator.fields.address.parse.unlisted import add_unlisted

PARSED = ("prefecture", "city", "town", "street", "block", "building", "match_level")
DETAIL = (
    "muni_code", "oaza", "chome", "koaza", "numbers", "kinds", "letters", "building_name", "room",
    "care_of", "postal_code", "remark", "dropped", "ambiguous", "old_municipality", "reasons",
)  # fmt: skip
PARTS = ("front", "place", "street", "town", "block", "rest")
# The longest address of a person's is far below this. What lies behind is not looked at.
LONGEST = 160
# A text longer than this is cut before anything is done with it; its tail is handed through.
_FAR_TOO_LONG = 4_000
_SLICE = 100_000
_WORKERS = 2


def parse_addresses(
    addresses: pl.Series | pl.DataFrame,
    *,
    detail: bool = True,
    gazetteer: Gazetteer | None = None,
) -> pl.DataFrame:
    """Addresses split into their parts, one row for each, in their order.

    ``addresses``: a String series, or a frame with a String column ``address``. Null and blank
    addresses give empty parts and the level ``none``.

    Returns String columns `PARSED` (contract section 5; empty where a part is missing) and, with
    ``detail``, `DETAIL`: ``muni_code`` (JIS X 0402, 5 digits, null if unknown or ambiguous),
    ``oaza``, ``chome`` (Int16), ``koaza``, ``numbers`` (``2-27``), ``kinds`` (a letter for each
    number of 丁目 and block: c 丁目, b 番地 or 番, g 号, h hyphen or nothing), ``letters`` (甲,
    イ), ``building_name``, ``room``, ``care_of`` (○○様方), ``postal_code``, ``remark``,
    ``dropped`` (what no part holds), ``ambiguous`` (Boolean), ``old_municipality`` (Boolean),
    ``reasons`` (codes joined by +).
    """
    return _in_slices(addresses, gazetteer, detail=detail, parts=False)


def written_parts(
    addresses: pl.Series | pl.DataFrame, *, gazetteer: Gazetteer | None = None
) -> pl.DataFrame:
    """The addresses cut into `PARTS` as written: put together they are the address again."""
    return _in_slices(addresses, gazetteer, detail=False, parts=True)


def _in_slices(
    addresses: pl.Series | pl.DataFrame, gazetteer: Gazetteer | None, *, detail: bool, parts: bool
) -> pl.DataFrame:
    written = addresses["address"] if isinstance(addresses, pl.DataFrame) else addresses
    places = gazetteer or load_gazetteer()
    slices = [written.slice(start, _SLICE) for start in range(0, max(len(written), 1), _SLICE)]

    def one(piece: pl.Series) -> pl.DataFrame:
        return _parse(piece, places, detail=detail, parts=parts)

    if len(slices) == 1:
        return one(slices[0])
    with ThreadPoolExecutor(_WORKERS) as pool:
        return pl.concat(pool.map(one, slices))


def _parse(given: pl.Series, gazetteer: Gazetteer, *, detail: bool, parts: bool) -> pl.DataFrame:
    given = given.cast(pl.String).fill_null("")
    long = (given.str.len_bytes() > _FAR_TOO_LONG).arg_true()
    if len(long):
        return _with_tails(given, long, gazetteer, detail=detail, parts=parts)
    full = given.alias("full")
    front = read_front(full.str.slice(0, LONGEST))
    written = pl.DataFrame({"w": full, "f": front["front"]}).select(
        pl.col("w").str.slice(pl.col("f"), LONGEST)
    ).to_series()  # fmt: skip
    texts = padded(written)
    keys = texts.to_frame("t").select(bare(pl.col("t"))).to_series()
    found = match(keys, texts, written, gazetteer)
    frame = (
        pl.DataFrame({"key": keys})
        .with_row_index("row")
        .join(found.drop("rest"), on="row", how="left", maintain_order="left")
        .with_columns(
            pl.col("used", "street", "all_used").fill_null(0),
            pl.col("clean").fill_null(value=True),
        )
    )
    town_end = pl.col("used") + pl.col("street") + pl.col("all_used")
    frame = frame.with_columns(
        full, written=written, text=texts, town_end=town_end, tail=pl.col("key").str.slice(town_end)
    )
    frame = add_unlisted(frame)
    # Where nothing was read there is no place that a number could belong to.
    blocks = read_blocks(
        frame.select(
            pl.when(pl.col("municipality").is_not_null()).then("tail").otherwise(pl.lit(""))
        ).to_series()
    )
    return assemble(
        frame.hstack(blocks).hstack(front),
        gazetteer,
        detail=detail,
        parts=parts,
    )


def _with_tails(
    given: pl.Series, long: pl.Series, gazetteer: Gazetteer, *, detail: bool, parts: bool
) -> pl.DataFrame:
    """Texts of any length: what lies far behind goes to the building, or the rest, as it is."""
    texts = given.gather(long)
    head = texts.str.slice(0, _FAR_TOO_LONG // 4)
    parsed = _parse(given.clone().scatter(long, head), gazetteer, detail=detail, parts=parts)
    last = "rest" if parts else "building"
    tail = texts.str.slice(_FAR_TOO_LONG // 4)
    return parsed.with_columns(
        parsed[last].clone().scatter(long, parsed[last].gather(long) + tail).alias(last)
    )
