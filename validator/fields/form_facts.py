"""What the columns of the ten forms say, read: codes, flags, counts, amounts, free texts.

Each distinct value is read once; a column without any value costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from validator.fields.text import drop_spaces, fold_width
from validator.forms.words import (
    certificate_reason_columns,
    fold_word,
    read_flag,
    word_column,
    word_reader,
)
from validator.resources import load_toml

FLAG_COLUMNS = (
    "certificate_needed",
    "certificate_attached",
    "has_dependants",
    "card_lost",
    "cannot_login",
    "share_changed",
    "elderly_certificate",
)
# Column → fact with its code (schemas/codes/form_words.toml).
WORD_COLUMNS = {
    "loss_cause": "loss_cause_code",
    "loss_kind": "loss_kind_code",
    "not_returned_reason": "not_returned_code",
    "member_kind": "member_code",
    "submitted_via": "via_code",
    "living_together": "living_code",
}
COUNT_COLUMNS = {
    "certificates_returned": "returned_count",
    "certificates_not_returned": "not_returned_count",
    "certificates_held": "held_count",
}
AMOUNT_COLUMNS = {
    "annual_income": "income",
    "remittance": "remitted",
    "pay_cash": "cash",
    "pay_in_kind": "in_kind",
    "pay_total": "pay",
}
# Forms whose reason may stand in a column of its own beside 発行理由.
_ASKING = ("kakuninsho_kofu", "kakuninsho_funshitsu")
_TEXTS = (
    "changed_item",
    "change_reason",
    "reason",
    "certificate_reason",
    "circumstances",
    "not_returned_reason",
    "event_reason",
    "remarks",
)
_NOTHING = "^(なし|無し|無|無収入|ゼロ|-)$"


def form_facts(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what the columns say to ``frame`` (all canonical columns as String).

    - ``{column}_flag`` of `FLAG_COLUMNS`: ``yes``, ``no``, ``unknown``, null;
    - the facts of `WORD_COLUMNS`: a code, ``unknown``, ``unknown_code``, null;
    - the facts of `COUNT_COLUMNS` and `AMOUNT_COLUMNS` (yen): Int64, null where not readable;
    - ``certificate_letters, certificate_conditions, certificate_reason_state,
      certificate_route`` (`words.CertificateReason`);
    - ``item_changed``: 変更項目 without spaces, in NFKC and lower case, null where blank;
    - ``mentions``: names of ``schemas/codes/mentions.toml`` between bars, or null;
    - ``card_gone``, ``share_differs``: ``card_lost``, ``share_changed``, or a text that says so;
    - ``name_unchanged``: kanji and kana name before and after a change are all given, and the same.
    """
    for column in FLAG_COLUMNS:
        frame = word_column(frame, column, f"{column}_flag", read_flag)
    for column, name in WORD_COLUMNS.items():
        frame = word_column(frame, column, name, word_reader(column))
    frame = word_column(frame, "changed_item", "item_changed", lambda item: fold_word(item) or None)
    for column, name in COUNT_COLUMNS.items():
        frame = _read_numbers(frame, column, name, _count)
    for column, name in AMOUNT_COLUMNS.items():
        frame = _read_numbers(frame, column, name, _amount)
    frame = _mentions(_certificate_reason(frame)).with_columns(
        card_gone=_told("card_lost_flag", "card_lost_too"),
        share_differs=_told("share_changed_flag", "share_changed"),
    )
    return _name_unchanged(frame)


def _told(flag: str, mention: str) -> pl.Expr:
    """The flag is yes, or it says neither yes nor no and a text of the record mentions it."""
    said = pl.col("mentions").str.contains(f"|{mention}|", literal=True).fill_null(value=False)
    decided = pl.col(flag).is_in(["yes", "no"]).fill_null(value=False)
    return pl.when(decided).then(pl.col(flag) == "yes").otherwise(said)


def _given(frame: pl.DataFrame, column: str) -> bool:
    return frame.get_column(column).null_count() < frame.height


def _count(text: pl.Expr) -> pl.Expr:
    read = text.str.extract("^([0-9]{1,3})(?:枚|通|部|件)?$").cast(pl.Int64)
    return pl.when(text.str.contains(_NOTHING)).then(0).otherwise(read)


def _amount(text: pl.Expr) -> pl.Expr:
    plain = text.str.replace_all("[,、約¥\\\\]", "")
    yen = plain.str.extract("^([0-9]{1,10})円?$").cast(pl.Int64)
    tens = plain.str.extract(r"^([0-9]{1,6}(?:\.[0-9]{1,4})?)万円?$").cast(pl.Float64) * 10_000
    read = pl.coalesce(yen, tens.round(0).cast(pl.Int64))
    return pl.when(plain.str.contains(_NOTHING)).then(0).otherwise(read)


def _read_numbers(
    frame: pl.DataFrame, column: str, name: str, read: Callable[[pl.Expr], pl.Expr]
) -> pl.DataFrame:
    if not _given(frame, column):
        return frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(name))
    distinct = frame.select(pl.col(column).drop_nulls().unique())
    values = distinct.with_columns(read(drop_spaces(fold_width(pl.col(column)))).alias(name))
    return frame.join(values, on=column, how="left", maintain_order="left")


def _certificate_reason(frame: pl.DataFrame) -> pl.DataFrame:
    beside = [c for c in ("reason", "invalid_condition") if _given(frame, c)]
    if not beside:
        return certificate_reason_columns(frame, "certificate_reason")
    everything = pl.concat_str("certificate_reason", *beside, separator="、", ignore_nulls=True)
    stated = pl.when(pl.col("form").is_in(_ASKING)).then(everything).otherwise("certificate_reason")
    frame = frame.with_columns(stated_reason=stated.replace("", None))
    return certificate_reason_columns(frame, "stated_reason").drop("stated_reason")


def _name_unchanged(frame: pl.DataFrame) -> pl.DataFrame:
    if not (_given(frame, "old_name_kanji") and _given(frame, "old_name_kana")):
        return frame.with_columns(name_unchanged=pl.lit(value=False))

    def bare(column: str) -> pl.Expr:
        return drop_spaces(fold_width(pl.col(column)))

    # Without its kana a corrected reading is no name that stays the same.
    same = [bare(f"old_{c}") == bare(c) for c in ("name_kanji", "name_kana")]
    return frame.with_columns(name_unchanged=(same[0] & same[1]).fill_null(value=False))


def _mentions(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [column for column in _TEXTS if _given(frame, column)]
    if not texts:
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias("mentions"))
    joined = pl.concat_str(texts, separator="。", ignore_nulls=True).replace("", None)
    frame = frame.with_columns(said=joined)
    folded = drop_spaces(fold_width(pl.col("said"))).str.to_lowercase()
    found = [
        pl.when(folded.str.replace_all(m["without"], "").str.contains(m["pattern"]))
        .then(pl.lit(f"{m['name']}|"))
        .otherwise(pl.lit(""))
        for m in load_toml("codes/mentions.toml")["mention"]
    ]
    words = frame.select(pl.col("said").drop_nulls().unique()).with_columns(
        mentions=pl.lit("|") + pl.concat_str(found)
    )
    words = words.filter(pl.col("mentions") != "|")
    return frame.join(words, on="said", how="left", maintain_order="left").drop("said")
