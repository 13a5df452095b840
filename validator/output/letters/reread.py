"""Reads the written letters again and proves that nobody stands in another addressee's letter.

A letter that reached the wrong employer is a leak that has to be reported, so what was written is
compared with what was submitted, on a way of its own: file → persons in it → the batch, record
by record and value by value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from validator.errors import BalanceError
from validator.forms.words import word_column, word_reader
from validator.output.letters.filed import Filed
from validator.output.letters.people import OFFICE, addressee, shown, shown_number

VALUES = (
    *("name_kanji", "name_kana", "birth_date", "sex", "postal_code", "address"),
    "insured_name_kanji",
)
_ADDRESSEE = ("to", "to_code", "to_name", "to_person")
# In what a template writes a quote stands for a quote; one of a value is written &#34;.
_MARKS = r'data-(?:record|guide)="[^"]*"|data-v="[^"]*">[^<]*<'
_PARTS = r'^data-(\w+)="([^"]*)"(?:>([^<]*)<)?$'
_RECORD_ID = r"[b-df-hj-np-t]{12}(?:-[0-9]+)?-L[0-9]+(?:-[a-z]+[0-9]?)?"
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'"}


@dataclass(frozen=True)
class Said:
    """What written letters say.

    ``listed``, ``guided``, ``named``: ``file, record_id`` of who stands on the reply slip, of who
    gets a guidance, and of whatever id of a record stands anywhere; ``heads``: ``file, written``,
    the code of the office that the letter is addressed to; ``values``: ``record_id, field, value``.
    """

    listed: pl.DataFrame
    guided: pl.DataFrame
    named: pl.DataFrame
    heads: pl.DataFrame
    values: pl.DataFrame


def read_html(pages: Mapping[str, str]) -> Said:
    """What HTML letters (by file name) say."""
    texts = pl.DataFrame({"file": list(pages), "page": list(pages.values())})
    found = (
        texts.select("file", hit=pl.col("page").str.extract_all(_MARKS))
        .explode("hit")
        .drop_nulls("hit")
        .select("file", parts=pl.col("hit").str.extract_groups(_PARTS))
        .unnest("parts")
        .rename({"1": "mark", "2": "name", "3": "value"})
        .with_columns(
            # A value belongs to the person above it; those of the head have none.
            record_id=pl.when(pl.col("mark") != "v").then("name").forward_fill().over("file"),
            value=pl.col("value").str.replace_many(list(_ENTITIES), list(_ENTITIES.values())),
        )
    )
    values = found.filter(pl.col("mark") == "v")
    return Said(
        listed=found.filter(pl.col("mark") == "record").select("file", "record_id"),
        guided=found.filter(pl.col("mark") == "guide").select("file", "record_id"),
        named=named_records(texts),
        heads=values.filter(pl.col("record_id").is_null(), pl.col("name") == "office_code").select(
            "file", written="value"
        ),
        values=values.drop_nulls("record_id").select("record_id", "value", field="name"),
    )


def named_records(texts: pl.DataFrame) -> pl.DataFrame:
    """``file, record_id``: whatever looks like the id of a record in ``file, page``."""
    return (
        texts.select("file", record_id=pl.col("page").str.extract_all(_RECORD_ID).list.unique())
        .explode("record_id")
        .drop_nulls("record_id")
    )


def prove(said: Said, truth: pl.DataFrame, *, unlisted: int, blank: str) -> None:
    """Compare what the letters say with the batch (``truth``: `truth_of`).

    ``unlisted``: how many people no letter lists, as they announce; ``blank``: the word for no
    value. BalanceError (8) where a person stands in the letter of somebody else, twice or not at
    all, or where a value is not the one that was submitted for that record.
    """
    listed, guided = said.listed, said.guided
    places = listed.join(truth, on="record_id", how="left", maintain_order="left")
    addressees = places.select("file", *_ADDRESSEE).unique()
    own_code = pl.when(pl.col("to") == OFFICE).then("office_code")
    wrong = (
        listed.height + unlisted != truth.height,
        # Somebody whom no letter concerns.
        places["to"].null_count() > 0,
        # Two addressees in one file, or one addressee's people in two.
        addressees["file"].is_duplicated().any(),
        addressees.select(_ADDRESSEE).is_duplicated().any(),
        # Somebody listed or guided twice, or guided without being listed.
        listed["record_id"].is_duplicated().any(),
        guided["record_id"].is_duplicated().any(),
        guided.join(listed, on=["file", "record_id"], how="anti").height > 0,
        # A file whose heading names another office than its people's.
        places.join(said.heads, on="file", how="left")
        .filter(pl.col("written").ne_missing(own_code))
        .height
        > 0,
        # The id of somebody of the batch in a file that does not list them.
        said.named.join(truth, on="record_id", how="semi")
        .join(listed, on=["file", "record_id"], how="anti")
        .height
        > 0,
        _other_values(said.values, truth, blank),
    )
    if any(wrong):
        raise lost()


def truth_of(filed: Filed) -> pl.DataFrame:
    """Of each held or returned record: addressee and `VALUES`, straight from what was filed."""
    frame = filed.submitted
    frame = addressee(word_column(frame, "member_kind", "member", word_reader("member_kind")))
    return frame.select(
        *("record_id", *_ADDRESSEE),
        *(shown(column) for column in (*VALUES, "office_code")),
        symbol_number=shown_number(),
    )


def submitted_values(truth: pl.DataFrame) -> pl.DataFrame:
    """``record_id, field, submitted`` of `truth_of`."""
    own = truth.select("record_id", *VALUES, "symbol_number", own="record_id")
    long = own.unpivot(index="record_id", variable_name="field", value_name="submitted")
    return long.with_columns(pl.col("field").replace("own", "record_id"))


def _other_values(values: pl.DataFrame, truth: pl.DataFrame, blank: str) -> bool:
    compared = values.join(submitted_values(truth), on=["record_id", "field"], how="inner")
    differing = pl.col("value").ne_missing(pl.col("submitted").fill_null(blank))
    return compared.filter(differing).height > 0


def lost() -> BalanceError:
    """What is said of letters that are not what they should be."""
    return BalanceError(
        "事業所への文書を読み直したところ、ほかの事業所の人、または届書と違う内容が見つかりました。"
        "結果は破棄しました。開発者に連絡してください。",
        "a letter, read again, holds somebody of another employer or another value than was "
        "submitted; nothing was kept. Report this",
    )
