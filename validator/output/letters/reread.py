"""Reads the written letters again and proves that nobody stands in another addressee's letter.

A letter that reached the wrong employer is a leak that has to be reported, so what was written is
compared with what was submitted, on a way of its own: file → persons in it → the batch, record
by record and value by value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from validator.errors import BalanceError
from validator.forms.words import word_column, word_reader
from validator.output.letters.people import OFFICE, SHOWN, addressee, shown, shown_number
from validator.output.record_id import record_ids

if TYPE_CHECKING:
    from validator.checking import Checked

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


def read_letters(pages: Mapping[str, str]) -> pl.DataFrame:
    """What HTML letters say, in their order: ``file, mark, record_id, field, value``.

    ``mark``: ``record`` (somebody is listed), ``guide`` (somebody is guided), ``v`` (a value
    stands there, of the person above it; ``record_id`` null in the head of a letter).
    """
    found = (
        pl.DataFrame({"file": list(pages), "page": list(pages.values())})
        .select("file", hit=pl.col("page").str.extract_all(_MARKS))
        .explode("hit")
        .drop_nulls("hit")
        .select("file", parts=pl.col("hit").str.extract_groups(_PARTS))
        .unnest("parts")
        .rename({"1": "mark", "2": "name", "3": "value"})
    )
    whose = pl.when(pl.col("mark") != "v").then("name").forward_fill().over("file")
    return found.select(
        "file",
        "mark",
        record_id=whose,
        field=pl.when(pl.col("mark") == "v").then("name"),
        value=pl.col("value").str.replace_many(list(_ENTITIES), list(_ENTITIES.values())),
    )


def named_records(pages: Mapping[str, str]) -> pl.DataFrame:
    """``file, record_id``: whatever looks like the id of a record, wherever it stands."""
    return (
        pl.DataFrame({"file": list(pages), "page": list(pages.values())})
        .select("file", record_id=pl.col("page").str.extract_all(_RECORD_ID).list.unique())
        .explode("record_id")
        .drop_nulls("record_id")
    )


def prove(
    checked: Checked, said: pl.DataFrame, named: pl.DataFrame, *, unlisted: int, blank: str
) -> None:
    """Compare what the letters say (`read_letters`, `named_records`) with the batch.

    ``unlisted``: how many people no letter lists, as they announce; ``blank``: the word for no
    value. BalanceError (8) where a person stands in the letter of somebody else, twice or not at
    all, or where a value is not the one that was submitted for that record.
    """
    truth = _truth(checked)
    listed = said.filter(pl.col("mark") == "record").select("file", "record_id")
    guided = said.filter(pl.col("mark") == "guide").select("file", "record_id")
    places = listed.join(truth, on="record_id", how="left", maintain_order="left")
    heads = said.filter(pl.col("record_id").is_null(), pl.col("field") == "office_code")
    own_code = pl.when(pl.col("to") == OFFICE).then("office_code")
    wrong = (
        listed.height + unlisted != truth.height,
        # Somebody whom no letter concerns.
        places["to"].null_count() > 0,
        # Two addressees in one file, or one addressee's people in two.
        places.select("file", *_ADDRESSEE).unique()["file"].is_duplicated().any(),
        places.select("file", *_ADDRESSEE).unique().select(_ADDRESSEE).is_duplicated().any(),
        # Somebody listed or guided twice, or guided without being listed.
        listed["record_id"].is_duplicated().any(),
        guided["record_id"].is_duplicated().any(),
        guided.join(listed, on=["file", "record_id"], how="anti").height > 0,
        # A file whose heading names another office than its people's.
        places.join(heads.select("file", written="value"), on="file", how="left")
        .filter(pl.col("written").ne_missing(own_code))
        .height
        > 0,
        # The id of somebody of the batch in a file that does not list them.
        named.join(truth, on="record_id", how="semi")
        .join(listed, on=["file", "record_id"], how="anti")
        .height
        > 0,
        _other_values(said, truth, blank),
    )
    if any(wrong):
        raise lost()


def _truth(checked: Checked) -> pl.DataFrame:
    """Of each record: addressee and values as submitted, straight from the batch."""
    flagged = checked.judged.records.filter(pl.col("verdict") != "pass")["row"]
    frame = checked.batch.frame.select(
        "row", "source", "line", "block", *SHOWN, "member_kind"
    ).filter(pl.col("row").is_in(flagged.implode()))
    ids = record_ids(replace(checked.batch, frame=frame))
    frame = frame.join(ids, on="row", how="left", maintain_order="left")
    frame = addressee(word_column(frame, "member_kind", "member", word_reader("member_kind")))
    return frame.select(
        *("record_id", *_ADDRESSEE),
        *(shown(column) for column in (*VALUES, "office_code")),
        symbol_number=shown_number(),
    )


def _other_values(said: pl.DataFrame, truth: pl.DataFrame, blank: str) -> bool:
    written = said.filter(pl.col("field").is_not_null(), pl.col("record_id").is_not_null())
    submitted = truth.select("record_id", *VALUES, "symbol_number", own="record_id").unpivot(
        index="record_id", variable_name="field", value_name="submitted"
    )
    compared = written.with_columns(pl.col("field").replace("record_id", "own")).join(
        submitted, on=["record_id", "field"], how="inner"
    )
    differing = compared.filter(pl.col("value") != pl.col("submitted").fill_null(blank))
    return differing.height > 0


def lost() -> BalanceError:
    """What is said of letters that are not what they should be."""
    return BalanceError(
        "事業所への文書を読み直したところ、ほかの事業所の人、または届書と違う内容が見つかりました。"
        "結果は破棄しました。開発者に連絡してください。",
        "a letter, read again, holds somebody of another employer or another value than was "
        "submitted; nothing was kept. Report this",
    )
