"""Who a record is about, and whose family: keys by which records of one batch find each other."""

from __future__ import annotations

import polars as pl

from validator.fields.kana import kana_key

# What the steps across records need of each record, beside `duplicates.KEYS`.
FAMILY_KEYS = (
    "branch_number",
    "relation",
    "is_addition",
    "is_removal",
    "received",
    "lost",
    "address",
    "certificate_letters",
    "has_dependants_flag",
    "card_gone",
    "event",
    "acquired",
)
_PERSON = ("number", "key_kana", "birth")
_INSURED = ("insured_id", "insured_kana_key", "insured_birth")


def with_insured_key(keys: pl.DataFrame) -> pl.DataFrame:
    """Add ``insured_kana_key``: the comparison key of the insured person's kana name."""
    return keys.with_columns(insured_kana_key=kana_key(pl.col("insured_name_kana")))


def person_keys(keys: pl.DataFrame, *, own: bool = True) -> pl.DataFrame:
    """``row, key``: what identifies the person of a record (its insured person if not ``own``).

    By number; by kana name and birth date; the insured person also by 記号 (or employer) and 番号.
    Two records are about one person where they share a key.
    """
    number, kana, birth = _PERSON if own else _INSURED
    named = pl.concat_str(pl.lit("p"), kana, pl.col(birth).dt.to_string("%Y%m%d"), separator="|")
    parts = [
        keys.select("row", key=pl.concat_str(pl.lit("n|"), number)),
        keys.select("row", key=named),
    ]
    # 記号・番号 are a whole family's: on a dependant's record they do not mean the dependant.
    of_one = keys.filter(~_about_dependant()) if own else keys
    symbol = pl.coalesce("insured_symbol", "office_code")
    parts.append(
        of_one.select(
            "row", key=pl.concat_str(pl.lit("s"), symbol, "insured_number", separator="|")
        )
    )
    return pl.concat(parts).drop_nulls("key")


def family_key() -> pl.Expr:
    """One key for the insured person a dependant's record names; null if it names none."""
    return pl.coalesce(
        pl.concat_str(
            pl.lit("s"),
            pl.coalesce("insured_symbol", "office_code"),
            "insured_number",
            separator="|",
        ),
        pl.concat_str(pl.lit("n|"), "insured_id"),
        pl.concat_str(
            pl.lit("p"),
            "insured_kana_key",
            pl.col("insured_birth").dt.to_string("%Y%m%d"),
            separator="|",
        ),
    )


def dependants() -> pl.Expr:
    """Records of 被扶養者(異動)届 that are about a dependant."""
    return (pl.col("form") == "hifuyosha_ido") & (pl.col("block").fill_null("") != "insured")


def _about_dependant() -> pl.Expr:
    branch = pl.col("branch_number").fill_null("").str.strip_chars_start("0")
    relative = pl.col("relation").fill_null("self") != "self"
    return dependants() | (branch != "") | relative | (pl.col("form") == "kisai_jiko_henko")
