"""Reads the written letters again and proves that nobody stands in another addressee's letter.

A letter that reached the wrong employer is a leak that has to be reported, so what was written is
compared with what was submitted, on a way of its own: file → persons in it → the batch, record
by record and value by value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

import polars as pl

from validator.errors import BalanceError
from validator.forms.words import word_column, word_reader
from validator.output.letters.people import SHOWN, addressee, shown
from validator.output.record_id import record_ids

if TYPE_CHECKING:
    from validator.checking import Checked

VALUES = (
    *("name_kanji", "name_kana", "birth_date", "sex", "postal_code", "address"),
    "insured_name_kanji",
)
_RECORD_ID = re.compile(r"\b[b-df-hj-np-t]{12}(?:-[0-9]+)?-L[0-9]+(?:-[a-z]+[0-9]?)?\b")


@dataclass
class Found:
    """What one written letter says: its office, its persons and their values."""

    office_code: str | None = None
    listed: list[str] = field(default_factory=list)
    guided: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # whatever looks like a record id, anywhere
    values: list[tuple[str, str, str]] = field(default_factory=list)  # record, field, value


def read_html(data: bytes) -> Found:
    """What an HTML letter says; BalanceError where it is not well-formed, so not as we wrote it."""
    found = Found(named=set(_RECORD_ID.findall(data.decode())))
    text: list[str] = []
    state: dict[str, str | None] = {"record": None, "field": None}

    def start(_tag: str, attributes: Mapping[str, str]) -> None:
        if not attributes:
            return
        for mark, people in (("data-record", found.listed), ("data-guide", found.guided)):
            if mark in attributes:
                state["record"] = attributes[mark]
                people.append(attributes[mark])
        if "data-v" in attributes:
            state["field"] = attributes["data-v"]
            text.clear()

    def end(_tag: str) -> None:
        name = state["field"]
        if name is None:
            return
        state["field"], value, record = None, "".join(text), state["record"]
        if record is None:
            found.office_code = value if name == "office_code" else found.office_code
        else:
            found.values.append((record, name, value))

    def characters(data: str) -> None:
        if state["field"] is not None:
            text.append(data)

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise lost() from None
    return found


def prove(checked: Checked, files: Mapping[str, Found], *, unlisted: int, blank: str) -> None:
    """Compare every letter (``files``: by name) with the batch.

    ``unlisted``: how many people no letter lists, as they announce; ``blank``: the word for no
    value.

    BalanceError (8) where a person stands in the letter of somebody else, twice or not at all,
    or where a value is not the one that was submitted for that record.
    """
    truth = _truth(checked)
    people = pl.DataFrame(
        [
            (name, record, guided)
            for name, found in files.items()
            for records, guided in ((found.listed, False), (found.guided, True))
            for record in records
        ],
        schema={"file": pl.String, "record_id": pl.String, "guided": pl.Boolean},
        orient="row",
    )
    places = people.join(truth, on="record_id", how="left", maintain_order="left")
    offices = pl.DataFrame(
        {"file": list(files), "written_code": [found.office_code for found in files.values()]},
        schema={"file": pl.String, "written_code": pl.String},
    )
    listed = people.filter(~pl.col("guided")).height
    wrong = (
        listed + unlisted != truth.height
        or _strangers(places)
        or _named_elsewhere(files, truth)
        or _mixed(places)
        or _repeated(people)
        or _other_office(places.join(offices, on="file", how="left"))
        or _other_values(files, truth, blank)
    )
    if wrong:
        raise lost()


def lost() -> BalanceError:
    """What is said of letters that are not what they should be."""
    return BalanceError(
        "事業所への文書を読み直したところ、ほかの事業所の人、または届書と違う内容が見つかりました。"
        "結果は破棄しました。開発者に連絡してください。",
        "a letter, read again, holds somebody of another employer or another value than was "
        "submitted; nothing was kept. Report this",
    )


def _truth(checked: Checked) -> pl.DataFrame:
    """Of each record: verdict, addressee and values as submitted, straight from the batch."""
    frame = checked.batch.frame.select("row", *SHOWN, "member_kind").join(
        checked.judged.records.select("row", "verdict").filter(pl.col("verdict") != "pass"),
        on="row",
        how="inner",
    )
    frame = frame.join(record_ids(checked.batch), on="row", how="left")
    frame = addressee(word_column(frame, "member_kind", "member", word_reader("member_kind")))
    return frame.select(
        *("record_id", "verdict", "kind", "to_code", "to_name", "to_person"),
        *(shown(column) for column in (*VALUES, "office_code")),
    )


def _strangers(places: pl.DataFrame) -> bool:
    """Somebody whom no letter concerns."""
    return bool(places["verdict"].null_count())


def _named_elsewhere(files: Mapping[str, Found], truth: pl.DataFrame) -> bool:
    """The id of somebody of the batch in a file that does not list them, wherever it stands."""
    known = set(truth["record_id"])
    return any((found.named & known) - {*found.listed} for found in files.values())


def _mixed(places: pl.DataFrame) -> bool:
    """Two addressees in one file, or one addressee's people in two."""
    keys = ("kind", "to_code", "to_name", "to_person")
    pairs = places.select("file", *keys).unique()
    return pairs["file"].is_duplicated().any() or bool(pairs.select(keys).is_duplicated().any())


def _repeated(people: pl.DataFrame) -> bool:
    """Somebody listed twice, or guided without being listed."""
    listed = people.filter(~pl.col("guided"))
    guided = people.filter(pl.col("guided"))
    return bool(
        listed["record_id"].is_duplicated().any()
        or guided["record_id"].is_duplicated().any()
        or guided.join(listed, on=["file", "record_id"], how="anti").height
    )


def _other_office(places: pl.DataFrame) -> bool:
    """A file whose heading names another office than its people's."""
    own = pl.when(pl.col("kind") == "office").then("office_code")
    return bool(places.filter(pl.col("written_code").ne_missing(own)).height)


def _other_values(files: Mapping[str, Found], truth: pl.DataFrame, blank: str) -> bool:
    written = pl.DataFrame(
        [row for found in files.values() for row in found.values],
        schema={"record_id": pl.String, "field": pl.String, "written": pl.String},
        orient="row",
    )
    said = written.filter(pl.col("field") == "record_id")
    submitted = truth.select("record_id", *VALUES).unpivot(
        index="record_id", variable_name="field", value_name="submitted"
    )
    compared = written.join(submitted, on=["record_id", "field"], how="inner")
    differing = compared.filter(pl.col("written") != pl.col("submitted").fill_null(blank))
    return bool(differing.height or said.filter(pl.col("written") != pl.col("record_id")).height)
