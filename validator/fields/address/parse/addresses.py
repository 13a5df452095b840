"""The parser: front, key, place, block, rest; and the account of what became of every character."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, load_gazetteer
from validator.fields.address.parse.account import Account
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
_LOOKED_AT = 1_000
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
    given = given.cast(pl.String)
    if given.null_count():
        given = given.fill_null("")
    long = given.str.len_bytes() > _FAR_TOO_LONG
    tails = None
    if long.any():
        # What lies far behind goes to the building, or the rest, as it is.
        at = long.arg_true()
        text = pl.col("text")
        head, tail = given.alias("text").to_frame().filter(long).select_seq(
            head=text.str.slice(0, _LOOKED_AT), tail=text.str.slice(_LOOKED_AT)
        )  # fmt: skip
        given = given.clone().scatter(at, head)
        tails = pl.Series("tail_text", [""]).new_from_index(0, len(given)).scatter(at, tail)
    full = given.alias("full").to_frame()
    front, written = read_front(full, LONGEST)
    texts = padded(written)
    account = Account(written, texts)
    keys = bare(texts) if account.marked else texts
    found, places = match(keys, front["postal_code"], account, gazetteer)
    frame = pl.DataFrame({"key": keys})
    if found.height == frame.height:
        frame = frame.hstack(found.drop("row"))
    else:
        frame = frame.with_row_index("row").join(
            found, on="row", how="left", maintain_order="left"
        ).drop("row")  # fmt: skip
    if frame["all_used"].null_count():
        frame = frame.with_columns(
            pl.col("used", "street", "all_used").fill_null(0),
            pl.col("clean").fill_null(value=True),
            pl.col("ambiguous", "elsewhere", "contradicted").fill_null(value=False),
        )
    frame = frame.with_columns_seq(
        street_at=pl.col("used") + pl.col("street"),
        town_end=pl.col("used") + pl.col("street") + pl.col("all_used"),
    ).hstack(full)
    frame = frame.with_columns_seq(tail=pl.col("key").str.slice(pl.col("town_end")))
    frame = add_unlisted(frame, account)
    # Where nothing was read there is no place that a number could belong to.
    numbered = frame["tail"]
    if (nowhere := frame["municipality"].is_null()).any():
        numbered = numbered.clone().scatter(nowhere.arg_true(), "")
    return assemble(
        frame.hstack(read_blocks(numbered)).hstack(front),
        tails,
        account,
        gazetteer,
        places,
        detail=detail,
        parts=parts,
    )
