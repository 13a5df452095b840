"""Which form answers which: the same person of the same employer, told without the My Number.

A corrected form differs in the very item that was wrong, so no single item is asked. Two forms of
one kind and employer are one person's if kanji, kana and birth date agree, or two of them and
another item, or the insured person's 記号・番号 and a name (on forms that are about the insured
person alone, or with a 枝番: and the birth date). Everything is compared in the normal
forms of the registry and kept in the ledger as keyed hashes only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from validator.fields.registry_forms import add_normal_forms
from validator.fields.text import drop_spaces, fold_width

if TYPE_CHECKING:
    from validator.ledger.store import Ledger

# Items that together name a person; each of them may be the one that was corrected.
TOGETHER = (
    ("kanji", "kana", "birth"),
    ("kanji", "birth", "sex"),
    ("kanji", "birth", "address"),
    ("kana", "birth", "sex"),
    ("kana", "birth", "address"),
    ("kanji", "kana", "sex", "address"),
    ("insured", "kanji"),
    ("insured", "kana"),
    ("insured", "branch", "birth"),
)
# Forms on which 記号・番号 are those of the person the form is about.
OF_THE_INSURED = ("shikaku_shutoku", "shikaku_soshitsu", "shimei_henko")
PERSON_COLUMNS = ("office_code", "form", "kanji", "kana", "birth", "sex", "address", "insured",
                  "branch")  # fmt: skip
_RAW = ("name_kanji", "name_kana", "birth_date", "sex", "address")


def people_of(frame: pl.DataFrame) -> pl.DataFrame:
    """``row`` and `PERSON_COLUMNS` (String, null where not given) of a batch's frame."""
    normal = add_normal_forms(frame.select("row", *_RAW))
    identifiers = frame.select(
        _folded("office_code"),
        "form",
        _folded("insured_symbol"),
        _folded("insured_number"),
        _folded("branch_number").alias("branch"),
    )
    address = pl.concat_str("n_pref", "n_base", "n_rest", separator=" ", ignore_nulls=True)
    return (
        normal.hstack(identifiers)
        .select(
            "row",
            pl.col("office_code").fill_null(""),
            "form",
            _filled(pl.col("n_kanji")).alias("kanji"),
            _filled(pl.col("n_kana")).alias("kana"),
            pl.col("n_birth").cast(pl.String).alias("birth"),
            pl.col("n_sex").cast(pl.String).alias("sex"),
            pl.when(_filled(pl.col("address")).is_not_null()).then(address).alias("address"),
            pl.when(pl.col("insured_number").is_not_null())
            .then(pl.concat_str("insured_symbol", "insured_number", separator="-",
                                ignore_nulls=True))
            .alias("insured"),
            pl.coalesce("branch", pl.when(pl.col("form").is_in(OF_THE_INSURED)).then(pl.lit("-")))
            .alias("branch"),
        )
    )  # fmt: skip


def keys_of(people: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """``row`` and ``key``: every keyed hash under which a person (`people_of`) is found again."""
    found = [
        (person["row"], ledger.keyed_hash("person", person["office_code"], person["form"],
                                          *together, *(person[item] for item in together)))
        for together in TOGETHER
        for person in people.drop_nulls(list(together)).iter_rows(named=True)
    ]  # fmt: skip
    return pl.DataFrame(found, schema={"row": pl.UInt32, "key": pl.String}, orient="row")


def _folded(column: str) -> pl.Expr:
    return _filled(drop_spaces(fold_width(pl.col(column)))).alias(column)


def _filled(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)
