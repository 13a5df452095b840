"""The rows of the sheet 「作業一覧」: one held or returned record each, in the order of work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from validator.fields.levels import DIFFERS, Level
from validator.hold.decide import Verdict
from validator.hold.repair_words import repair_sentence
from validator.ledger.decisions import keyed_digests
from validator.ledger.seen import run_name
from validator.match.levels import ITEMS
from validator.output.flagged import flagged_people
from validator.output.worklist.before import decisions_before
from validator.output.worklist.columns import (
    COLUMNS,
    HEADERS,
    ITEM_HEADERS,
    KEY,
    SEAL,
    SEALED,
    Kind,
)
from validator.output.worklist.seal import BARE_NUMBER, RowKey, seal
from validator.output.worklist.texts import field_names, lines, safe, worded, words
from validator.resources import load_toml
from validator.rules.model import Effect

if TYPE_CHECKING:
    from validator.checking import Checked
    from validator.forms.load import Forms

MOST_ROWS = 50_000
_VERDICTS = {"hold": {"ja": "保留", "en": "hold"}, "return": {"ja": "返戻", "en": "return"}}
_CLEARS = {
    "with_reason": {"ja": "理由", "en": "reason"},
    "with_proof": {"ja": "理由と根拠", "en": "reason and proof"},
    "no": {"ja": "できません", "en": "cannot be cleared"},
}
_NUMBER = "個人番号"
_BLANK = {"ja": "(空欄)", "en": "(blank)"}
_SIDES = {"ja": ("届 ", "台 "), "en": ("F ", "R ")}
_PROOF = {"ja": "書類: ", "en": "proof: "}
_MOST_LINES = 12
# Texts of the batch, the registry and the clerks.
_AS_GIVEN = (
    *("office_code", "office_name", "insured_symbol", "insured_number", "branch_number"),
    *("source_file", "sheet", "before"),
)
_BOTH = ("submitted_", "registry_")


def worklist_rows(checked: Checked) -> pl.DataFrame:
    """`HEADERS` but the inputs, ``lines`` (of text, the highest cell) and ``differs_*`` of `ITEMS`.

    At most `MOST_ROWS` rows. Sealed: see `validator.output.worklist.seal`.
    """
    lang = checked.settings.lang
    people = flagged_people(checked).head(MOST_ROWS)
    by_record = checked.judged.records.select("record_id", "row", "source")
    people = people.join(by_record, on="record_id", how="left", maintain_order="left")
    for more in (_suggestions(checked), _faulty_fields(checked)):
        people = people.join(more, on="record_id", how="left", maintain_order="left")
    people = decisions_before(_with_keys(people, checked), checked.memory, lang)
    people = safe(people, [*_AS_GIVEN, *(c for c in people.columns if c.startswith(_BOTH))])
    shown = people.select(
        *_queue(checked.settings.as_of, lang),
        *_reasons(checked, lang),
        *_place(checked.settings.forms, people["form"].unique().to_list(), lang),
        *(_sides(item, lang).alias(ITEM_HEADERS[item]) for item in ITEMS),
        *_advice(lang),
        pl.col("before").alias("前回の判定"),
        *(pl.col(f"level_{item}").is_in(DIFFERS).alias(f"differs_{item}") for item in ITEMS),
        "record_id",
        pl.col("line").alias("行"),
        pl.concat_str("source_file", "sheet", separator=" / ", ignore_nulls=True).alias("ファイル"),
        pl.col("received_on").alias("受付日"),
        pl.col("key").alias(KEY),
    )
    texts = [c.header for c in COLUMNS if c.kind in (Kind.TEXT, Kind.SIDES)]
    keyed = checked.memory.keyed if checked.memory else None
    shown = shown.with_columns(
        pl.Series(SEAL, [seal(cells, keyed) for cells in sealed_texts(shown)], dtype=pl.String),
        lines=pl.max_horizontal(
            pl.lit(1), *(lines(c.header, c.width) for c in COLUMNS if c.header in texts)
        ).clip(1, _MOST_LINES),
    )
    return shown.select(
        *(h for h in HEADERS if h in shown.columns), pl.col("^differs_.*$"), "lines"
    )


def sealed_texts(rows: pl.DataFrame) -> list[tuple[str, ...]]:
    """What the seal of each row is made of: its cells as text, and its key."""
    cells = pl.col(*SEALED).cast(pl.String).fill_null("").str.replace(BARE_NUMBER, "${1}")
    return rows.select(cells, pl.col(KEY)).rows()


def _with_keys(people: pl.DataFrame, checked: Checked) -> pl.DataFrame:
    """Add the digests, keyed where there is a ledger, and ``key``."""
    made = checked.judged.digests
    memory = checked.memory
    if memory is not None:
        made = keyed_digests(memory.keyed, made)
    people = people.join(made, on="row", how="left", maintain_order="left")
    people = people.with_columns(
        clear=pl.when(pl.col("difference").is_null() | (pl.col("verdict") == "return"))
        .then(pl.lit("no"))
        .otherwise("clears")
    )
    used = checked.summary.provenance
    run, name = run_name(used), memory.name if memory else None
    fields = people.select(
        "received_on", "verdict", "clear", "difference", "submitted", "holder"
    ).iter_rows()
    keys = [RowKey(name, run, used.as_of, *values).written() for values in fields]
    return people.with_columns(pl.Series("key", keys, dtype=pl.String))


def _suggestions(checked: Checked) -> pl.DataFrame:
    """``record_id`` and ``suggested``: what its findings propose, one below the other."""
    proposed = checked.judged.findings.filter(
        pl.col("suggestion").is_not_null() & (pl.col("verdict") != "pass")
    ).select("record_id", suggested="suggestion")
    return (
        safe(proposed, ["suggested"])
        .group_by("record_id", maintain_order=True)
        .agg(pl.col("suggested").unique(maintain_order=True).str.join("\n"))
    )


def _faulty_fields(checked: Checked) -> pl.DataFrame:
    """``record_id`` and ``fields``: the items for which a record goes back, in words."""
    names = field_names(checked)
    returning = {
        rule.code: names[rule.field]
        for rule in checked.settings.rules
        if rule.effect is Effect.RETURN and rule.field in names
    }
    word = pl.col("code").replace_strict(returning, default=None, return_dtype=pl.String)
    return (
        checked.judged.findings.filter(pl.col("verdict") == Verdict.RETURN.value)
        .select("record_id", field=word)
        .drop_nulls()
        .group_by("record_id", maintain_order=True)
        .agg(fields=pl.col("field").unique(maintain_order=True).str.join("\n"))
    )


def _queue(as_of: date, lang: str) -> list[pl.Expr]:
    left = (pl.col("due_on") - pl.lit(as_of)).dt.total_days()
    late, today, days = (
        (pl.format("超過{}日", -left), "今日まで", pl.format("あと{}日", left))
        if lang == "ja"
        else (pl.format("{} days late", -left), "today", pl.format("{} days left", left))
    )
    return [
        pl.col("queue_position").alias("順"),
        pl.col("due_on").alias("期限"),
        pl.when(left < 0)
        .then(late)
        .when(left == 0)
        .then(pl.lit(today))
        .otherwise(days)
        .alias("期限まで"),
    ]


def _reasons(checked: Checked, lang: str) -> list[pl.Expr]:
    titles = {
        row.id: f"{row.id} {row.title.ja if lang == 'ja' else row.title.en}"
        for row in checked.settings.policy.classes
    }
    details = words("evidence", "details", lang)
    detail = (
        pl.when(pl.col("cause") != "number_typo")
        .then(pl.col("cause_detail"))
        .str.split("+")
        .list.eval(pl.element().replace(details))
        .list.join("、" if lang == "ja" else ", ")
    )
    opening, closing = ("(", ")")
    number = pl.col("level_my_number") == Level.DIFFERENT.value
    return [
        pl.col("verdict").replace({v: w[lang] for v, w in _VERDICTS.items()}).alias("判定区分"),
        worded("hold_class", titles).alias("保留区分"),
        pl.concat_str(
            worded("cause", words("causes", "causes", lang)),
            pl.lit(opening) + detail + pl.lit(closing),
            ignore_nulls=True,
        ).alias("原因"),
        (pl.col("same_person") * 100).floor().cast(pl.Int64).alias("同一人らしさ"),
        pl.coalesce(
            "fields",
            pl.concat_str(
                pl.when(number).then(pl.lit(_NUMBER)),
                *(
                    pl.when(pl.col(f"level_{item}").is_in(DIFFERS)).then(pl.lit(ITEM_HEADERS[item]))
                    for item in ITEMS
                ),
                separator="\n",
                ignore_nulls=True,
            ),
        ).alias("異なる項目"),
    ]


def _place(forms: Forms, used_forms: list[str], lang: str) -> list[pl.Expr]:
    used = [forms.form(name) for name in used_forms if name in forms.names]
    titles = {form.name: form.ja[0] if lang == "ja" else form.en for form in used}
    insured = pl.concat_str(
        "insured_symbol", "insured_number", "branch_number", separator="-", ignore_nulls=True
    )
    return [
        pl.concat_str("office_code", "office_name", separator="\n", ignore_nulls=True).alias(
            "事業所"
        ),
        worded("form", titles).alias("届書"),
        insured.alias("記号・番号"),
    ]


def _sides(item: str, lang: str) -> pl.Expr:
    """Both sides below each other; one alone where they are the same or nothing is compared."""
    form, registry = _SIDES[lang]
    submitted = pl.col(f"submitted_{item}").fill_null(_BLANK[lang])
    held = pl.col(f"registry_{item}")
    alone = held.is_null() | (pl.col(f"level_{item}") == Level.SAME.value)
    return (
        pl.when(alone)
        .then(submitted)
        .otherwise(pl.concat_str(pl.lit(form), submitted, pl.lit("\n" + registry), held))
    )


def _advice(lang: str) -> list[pl.Expr]:
    causes = load_toml("codes/causes.toml")["causes"]
    asks, documents = words("causes", "asks", lang), words("causes", "documents", lang)
    ask = {c: asks[e["ask"]] for c, e in causes.items() if e["ask"] != "none"}
    proof = {
        c: _PROOF[lang] + documents[e["document"]]
        for c, e in causes.items()
        if e["document"] != "none"
    }
    to_do = worded("action", words("causes", "actions", lang))
    repair = pl.when(pl.col("repair").is_not_null()).then(repair_sentence(lang))
    return [
        pl.concat_str(
            to_do,
            pl.col("cause").replace_strict(ask, default=None, return_dtype=pl.String),
            pl.col("cause").replace_strict(proof, default=None, return_dtype=pl.String),
            separator="\n",
            ignore_nulls=True,
        ).alias("誰に何を聞くか"),
        pl.concat_str(repair, "suggested", separator="\n", ignore_nulls=True).alias("提案"),
        worded("clear", {c: w[lang] for c, w in _CLEARS.items()}).alias("解除の条件"),
    ]
