"""What letters are made of: the held and returned records of a run, and the forms as filed.

From a run that has just judged them, or from a result on the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from validator.errors import InputError
from validator.output.record_id import record_ids
from validator.output.result import Result, hand_over_files, no_result, read_result
from validator.privacy.mask import mask_offices

if TYPE_CHECKING:
    from validator.checking import Checked
    from validator.config import Config, LettersConfig
    from validator.forms.load import Forms
    from validator.rules.model import Rule

SHOWN = (
    "office_code",
    "office_name",
    "insured_symbol",
    "insured_number",
    "branch_number",
    "name_kanji",
    "name_kana",
    "birth_date",
    "sex",
    "postal_code",
    "address",
    "insured_name_kanji",
)
"""The columns of a form that a letter may show."""
_ASKED = ("my_number", "member_kind", "change_type")  # read, never shown
_OF_RECORDS = (
    *("record_id", "verdict", "hold_class", "cause", "form", "block", "source_file", "line"),
    *("due_on", "share"),
)


@dataclass(frozen=True)
class Filed:
    """All that letters are made of.

    ``records``: ``row`` and the decision on every held or returned record; ``submitted``: ``row,
    record_id`` and what was filed, on a way of its own; ``findings``: ``row, code, message``;
    ``faulty_offices``: senders with a fault of the whole file (None: everybody in a file).
    """

    records: pl.DataFrame
    submitted: pl.DataFrame
    findings: pl.DataFrame
    faulty_offices: Sequence[str | None]
    rules: Sequence[Rule]
    forms: Forms
    lang: str
    as_of: date
    config: LettersConfig


def filed_of(checked: Checked) -> Filed:
    """What a run has judged."""
    judged, settings = checked.judged, checked.settings
    flagged = judged.records.filter(pl.col("verdict") != "pass")
    frame = checked.batch.frame.filter(pl.col("row").is_in(flagged["row"].implode()))
    ids = record_ids(replace(checked.batch, frame=frame)).select("row", "record_id")
    return Filed(
        records=flagged.select("row", *_OF_RECORDS, pl.col("^level_.*$")),
        submitted=frame.select("row", *SHOWN, *_ASKED).join(
            ids, on="row", how="left", maintain_order="left"
        ),
        findings=judged.findings.filter(pl.col("verdict") != "pass").select(
            "row", "code", "message"
        ),
        faulty_offices=judged.systematic["office_code"].to_list(),
        rules=settings.rules,
        forms=settings.forms,
        lang=settings.lang,
        as_of=settings.as_of,
        config=checked.letters,
    )


def filed_in(folder: Path, config: Config, lang: str, as_of: date | None) -> Filed:
    """What stands in the result ``folder``, the filed values from its hand-over files.

    ``config``: the one that the run had (headers, forms, rules); ``as_of``: the day of the letters,
    that of the run if None. Findings are told in the language of the run. UsageError (2) for what
    is no result; InputError (3) where a hand-over file is no more what the run has written.
    """
    from validator.forms.load import declared_forms
    from validator.rules import configured_rules

    result = read_result(folder)
    forms = declared_forms(config.forms.folder)
    try:
        shares = pl.read_parquet(result.folder / "evidence.parquet").select("record_id", "share")
        told = pl.read_parquet(result.folder / "findings.parquet").select(
            "record_id", "code", "message"
        )
        run_day = date.fromisoformat(result.summary["provenance"]["as_of"])
        faulty = [fault["office_code"] for fault in result.summary["systematic"]]
        records = (
            result.records.with_row_index("row")
            .filter(pl.col("verdict") != "pass")
            .join(shares, on="record_id", how="left", maintain_order="left")
            .select("row", *_OF_RECORDS, pl.col("^level_.*$"), "office_code")
        )
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        raise no_result(folder) from None
    rows = records.select("row", "record_id")
    return Filed(
        records=records.drop("office_code"),
        submitted=_submitted(result, records, config, forms),
        findings=told.join(rows, on="record_id", how="inner", maintain_order="left").select(
            "row", "code", "message"
        ),
        faulty_offices=faulty,
        rules=configured_rules(config.rule_overrides()),
        forms=forms,
        lang=lang,
        as_of=as_of or run_day,
        config=config.letters,
    )


def _submitted(result: Result, records: pl.DataFrame, config: Config, forms: Forms) -> pl.DataFrame:
    from validator.batch import read_batch

    wanted = records.select("row", "record_id", judged_office="office_code")
    parts = []
    for path, places in hand_over_files(result, ("held", "returned")):
        batch = read_batch([path], headers=config.headers, forms=forms)
        if batch.sources[0].lines != places["line_index"].n_unique():
            raise _changed(path)
        parts.append(
            batch.frame.drop("row")
            .join(places, on=["line_index", "block"], nulls_equal=True, maintain_order="left")
            .join(wanted, on="record_id", how="inner", maintain_order="left")
            .select("row", *SHOWN, *_ASKED, "record_id", "judged_office")
        )
    texts = dict.fromkeys((*SHOWN, *_ASKED, "record_id", "judged_office"), pl.String)
    none = pl.DataFrame(schema={"row": pl.UInt32, **texts})
    submitted = pl.concat([none, *parts])
    offices = mask_offices(submitted["office_code"])
    if (
        submitted.height != records.height
        or not offices.eq_missing(submitted["judged_office"]).all()
    ):
        raise _changed(result.folder)
    return submitted.drop("judged_office")


def _changed(path: Path) -> InputError:
    return InputError(
        "引き渡しファイルが、検査したときのものと違います。check をやり直してください。",
        "a hand-over file is not what the run has written: run check again.",
        file=path.name,
    )
