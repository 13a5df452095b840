"""What was submitted, read: states and comparison values beside the submitted text.

One pure function, frame in, frame out. Submitted columns stay as they are; what is added
is listed in `FACTS`.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from validator.fields.address.postal import postal_state
from validator.fields.birth_date import date_columns
from validator.fields.form_facts import form_facts
from validator.fields.kana import kana_key, kana_state
from validator.fields.my_number import number_columns
from validator.fields.name import kanji_key
from validator.fields.sex import sex_map
from validator.fields.text import is_blank
from validator.forms.words import (
    INADMISSIBLE,
    read_change_type,
    read_no_number_reason,
    word_column,
)
from validator.resources import load_toml

DATE_COLUMNS = {
    "birth_date": "birth",
    "received_on": "received",
    "acquired_on": "acquired",
    "event_on": "event",
    "lost_on": "lost",
    "left_on": "left",
    "changed_on": "changed",
    "insured_birth_date": "insured_birth",
    "card_expires_on": "card_expires",
    "certificate_issued_on": "certificate_issued",
    "certificate_expires_on": "certificate_expires",
    "notice_expires_on": "notice_expires",
}
EVENT_DATES = ("acquired", "event", "lost", "left", "changed")
INSURED_BLOCK = "insured"

FACTS = """
is_addition, is_removal   Boolean: what the form does to membership
number, number_state, number_value, number_digits           (my_number)
insured_number_id, insured_number_id_state …                 (insured_my_number)
birth, birth_state, birth_hint; every other prefix of DATE_COLUMNS likewise
sex_code Int8 (1, 2), sex_state (blank, read, unknown)
kanji_blank, kana_state, address_blank, postal_state
no_number (admissible code, "inadmissible", null), change (addition, removal, change)
is_insured_block          Boolean: the insured person of a 被扶養者(異動)届 of electronic media
codes, flags, counts, amounts and texts of the ten forms     (form_facts)
key_kanji, key_kana       String: comparison keys (add_name_keys)
"""


def prepare(frame: pl.DataFrame, *, media_sources: frozenset[int], as_of: date) -> pl.DataFrame:
    """Add the facts to ``frame`` (all canonical columns as String, ``source`` UInt16)."""
    frame = word_column(frame, "no_number_reason", "no_number", read_no_number_reason)
    frame = _blocks(word_column(frame, "change_type", "change", read_change_type))
    frame = form_facts(frame)
    for column, prefix in DATE_COLUMNS.items():
        frame = date_columns(frame, column, prefix)
    frame = _sex(frame, media_sources)
    frame = number_columns(frame, "my_number", "number")
    frame = number_columns(frame, "insured_my_number", "insured_id")
    frame = kana_state(frame, "name_kana")
    dependant_form = pl.col("form") == "hifuyosha_ido"
    change = pl.col("change").fill_null("addition")
    frame = frame.with_columns(
        is_addition=(pl.col("form") == "shikaku_shutoku")
        | (dependant_form & ~change.is_in(["removal", "change"]) & ~pl.col("is_insured_block")),
        is_removal=(pl.col("form") == "shikaku_soshitsu")
        | (dependant_form & (change == "removal")),
        kanji_blank=is_blank("name_kanji"),
        address_blank=is_blank("address"),
        has_reason=pl.col("no_number").is_not_null() & (pl.col("no_number") != INADMISSIBLE),
        as_of=pl.lit(as_of),
    )
    may_lack_address: list[str] = load_toml("codes/no_number_reasons.toml")[
        "address_may_be_missing"
    ]
    return frame.with_columns(
        postal_state(frame.select("postal_code", "address")).alias("postal_state"),
        # A placeholder on a form that is no addition is looked up like any number: nobody has it.
        number=pl.when((pl.col("number_state") == "placeholder") & ~pl.col("is_addition"))
        .then("number_value")
        .otherwise("number"),
        # An admissible reason only counts where there is no number.
        excused=pl.col("has_reason") & (pl.col("number_state") == "blank"),
        address_excused=pl.col("no_number").is_in(may_lack_address).fill_null(False),
    )


def _blocks(frame: pl.DataFrame) -> pl.DataFrame:
    """``is_insured_block``; its ``change`` is that of its line, which a removal frees of holds."""
    if frame.get_column("block").null_count() == frame.height:
        return frame.with_columns(is_insured_block=pl.lit(value=False))
    of_the_line = pl.col("change").drop_nulls().first().over("source", "line_index")
    insured = (pl.col("block") == INSURED_BLOCK).fill_null(value=False)
    return frame.with_columns(
        is_insured_block=insured,
        change=pl.when(insured).then(pl.coalesce("change", of_the_line)).otherwise("change"),
    )


def _sex(frame: pl.DataFrame, media_sources: frozenset[int]) -> pl.DataFrame:
    words = sex_map(frame.get_column("sex"), media=False).rename({"sex": "by_word"})
    frame = frame.join(words, left_on="sex", right_on="raw", how="left", maintain_order="left")
    if media_sources:
        codes = sex_map(frame.get_column("sex"), media=True).rename({"sex": "by_code"})
        frame = frame.join(codes, left_on="sex", right_on="raw", how="left", maintain_order="left")
        chosen = (
            pl.when(pl.col("source").is_in(list(media_sources)))
            .then("by_code")
            .otherwise("by_word")
        )
    else:
        chosen = pl.col("by_word")
    return (
        frame.with_columns(sex_code=chosen.replace(0, None), sex_read=chosen)
        .with_columns(
            sex_state=pl.when(is_blank("sex"))
            .then(pl.lit("blank"))
            .when(pl.col("sex_code").is_null())
            .then(pl.lit("unknown"))
            .otherwise(pl.lit("read"))
        )
        .drop("by_word", "sex_read", *(["by_code"] if media_sources else []))
    )


def add_name_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``key_kanji`` and ``key_kana``; names equal to the registry's take its ready keys."""
    for column, key, make in (
        ("name_kanji", "key_kanji", kanji_key),
        ("name_kana", "key_kana", kana_key),
    ):
        ready = f"r_n_{key.removeprefix('key_')}"
        if ready not in frame.columns:
            frame = frame.with_columns(make(pl.col(column)).alias(key))
            continue
        equal = (pl.col(column) == pl.col(f"r_{column}")).fill_null(value=False)
        rest = frame.filter(~equal & pl.col(column).is_not_null()).select(
            "row", make(pl.col(column)).alias("made")
        )
        frame = (
            frame.join(rest, on="row", how="left", maintain_order="left")
            .with_columns(pl.when(equal).then(pl.col(ready)).otherwise(pl.col("made")).alias(key))
            .drop("made")
        )
    return frame
