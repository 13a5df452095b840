"""The people whom letters concern: submitted values only, and to whom each letter goes.

No column of the registry enters here.
"""

from __future__ import annotations

import polars as pl

from validator.fields.prepare import INSURED_BLOCK
from validator.fields.text import drop_spaces, fold_width, is_blank
from validator.forms.words import read_change_type, word_column, word_reader
from validator.output.letters.asks import ASSOCIATION, questions, reasons
from validator.output.letters.filed import SHOWN, Filed
from validator.output.letters.words import TABLE
from validator.privacy.mask import blot_numbers
from validator.resources import load_toml

CUT = 160  # characters; no name or address is longer, and a hostile one fills no book
UNSHOWN = "〓"
DIRECT, OFFICE, UNKNOWN = "direct", "office", "unknown"
_WITHOUT_EMPLOYER = ("continued", "special")


def shown(column: str) -> pl.Expr:
    """``column`` as a letter shows it: no number, nothing invisible, not endless.

    What no printer has (control and private-use characters) becomes `UNSHOWN`.
    """
    return (
        blot_numbers(column)
        .str.replace_all(r"[\t\r\n\x0b\x0c\u{85}\u{2028}\u{2029}]+", " ")
        .str.replace_all(r"\p{Cf}", "")
        .str.replace_all(r"[\p{Cc}\p{Co}\p{Cn}]", UNSHOWN)
        .str.strip_chars()
        .str.replace(f"^(.{{{CUT}}}).+$", "${1}…")
        .replace("", None)
        .alias(column)
    )


def letter_people(filed: Filed) -> pl.DataFrame:
    """One row a held or returned record, in the order of the batch.

    ``letter``: number of the letter it belongs to; ``to``: `DIRECT`, `OFFICE`, `UNKNOWN`;
    ``kind``: ``return``, ``hold``, or ``quiet`` (held, and nothing to answer); `SHOWN` as `shown`,
    ``symbol_number`` of them; ``number_given``, ``leaving`` Boolean; ``asks``, ``reasons``,
    ``remedies``, ``fields`` lists; and of the record ``record_id, form, source_file, line,
    due_on, share``.
    """
    people = filed.records.join(
        filed.submitted.drop("record_id"), on="row", how="left", maintain_order="left"
    ).join(reasons(filed.findings, filed.rules), on="row", how="left", maintain_order="left")
    people = word_column(people, "member_kind", "member", word_reader("member_kind"))
    people = word_column(people, "change_type", "change", read_change_type)
    empty = pl.lit([], dtype=pl.List(pl.String))
    people = people.with_columns(
        pl.col("reasons", "remedies", "fields", "beyond").fill_null(empty)
    ).with_columns(asks=questions())
    return _addressed(people).select(
        *("letter", "to", "record_id", "form", "source_file", "line", "due_on", "share"),
        *("asks", "reasons", "remedies", "fields"),
        *(shown(column) for column in SHOWN),
        kind=pl.when(pl.col("verdict") == "return")
        .then(pl.lit("return"))
        .when(pl.col("asks") == [ASSOCIATION])
        .then(pl.lit("quiet"))
        .otherwise(pl.lit("hold")),
        symbol_number=shown_number(),
        number_given=~is_blank("my_number"),
        leaving=_leaving(),
    )


def shown_number() -> pl.Expr:
    """記号, 番号 and 枝番 as one text; null where none is given."""
    parts = [shown(c) for c in ("insured_symbol", "insured_number", "branch_number")]
    number = pl.concat_str(*parts, separator="-", ignore_nulls=True)
    return pl.when(number != "").then(number)


def addressee(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``to`` and what tells two letters of a kind apart: ``to_code, to_name, to_person``.

    Two records go to one office only where code and name are the same; a blank name is that of
    its code where the code has just one. A member without an employer gets a letter of their own.
    Needs ``office_code, office_name, record_id`` and ``member`` (code of 被保険者区分).
    """
    name = drop_spaces(fold_width(pl.col("office_name").fill_null("")))
    frame = frame.with_columns(to_name=pl.when(name != "").then(name))
    names = pl.col("to_name").drop_nulls()
    only = pl.when(names.n_unique() == 1).then(names.first()).over("office_code")
    to = (
        pl.when(pl.col("member").is_in(_WITHOUT_EMPLOYER).fill_null(value=False))
        .then(pl.lit(DIRECT))
        # A code of nothing that a page can show is none.
        .when(is_blank("office_code") | shown("office_code").is_null())
        .then(pl.lit(UNKNOWN))
        .otherwise(pl.lit(OFFICE))
    )
    frame = frame.with_columns(to=to, to_name=pl.coalesce("to_name", only))
    office = pl.col("to") == OFFICE
    return frame.with_columns(
        to_code=pl.when(office).then("office_code"),
        to_name=pl.when(office).then("to_name"),
        to_person=pl.when(pl.col("to") == DIRECT).then("record_id"),
    )


def _addressed(people: pl.DataFrame) -> pl.DataFrame:
    # In the order in which the senders appear, so that a rerun gives the same names.
    first = pl.col("row").min().over("to", "to_code", "to_name", "to_person")
    return addressee(people).with_columns(letter=first.rank("dense"))


def _leaving() -> pl.Expr:
    table = load_toml(TABLE)["leaving"]
    removed = pl.col("form").is_in(table["removal_forms"]) & (pl.col("change") == "removal")
    insured = pl.col("block") == INSURED_BLOCK
    removed = (removed & ~insured.fill_null(value=False)).fill_null(value=False)
    return pl.col("form").is_in(table["forms"]) | removed
