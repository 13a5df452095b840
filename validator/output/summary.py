"""``summary.json``: the published contract of a run, without any personal value."""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict

from validator import __version__
from validator.batch import Batch
from validator.errors import ExitCode
from validator.hold.release import CLEARED
from validator.output.tables import findings_table
from validator.pipeline import Judged, Settings
from validator.privacy.visible import mask_text
from validator.registry.model import RegistryInfo
from validator.rules.catalogue import rules_version

SCHEMA_VERSION = "1.1"
NOT_COMPARED = {
    "ja": "住民票との照合なし",
    "en": "住民票との照合なし: not compared with a registry",
}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Counts(_Model):
    """Lines as submitted, and records (one person in one form)."""

    lines: int
    records: int
    accepted: int
    held: int
    returned: int
    cleared: int
    blank_lines: int
    by_verdict: dict[str, int]
    by_class: dict[str, int]
    by_cause: dict[str, int]
    by_code: dict[str, int]
    by_severity: dict[str, int]
    by_office: dict[str, int]
    by_office_verdict: dict[str, dict[str, int]]


class Input(_Model):
    """One submitted file."""

    file: str
    sha256: str
    lines: int
    records: int
    format: str
    encoding: str | None
    marks: list[str]


class RegistryUsed(_Model):
    """The registry that was compared with."""

    sha256: str
    as_of: date | None
    rows: int
    age_days: int | None


class LedgerUsed(_Model):
    """The ledger of clearances (``--state``): its name and how many it had in force."""

    name: str
    clearances: int
    max_age_days: int


class Provenance(_Model):
    """Everything that is needed to repeat the run to the byte."""

    inputs: list[Input]
    rules_version: str
    policy: str
    receiver: str
    registry: RegistryUsed | None
    ledger: LedgerUsed | None
    as_of: date
    tool_version: str
    rules_not_evaluated: list[str]


class SystematicFault(_Model):
    """A fault of a whole file, or of one employer in it (``office_code``), said once."""

    fault: str
    file: str
    office_code: str | None
    records: int
    of: int


class Summary(_Model):
    """The whole document; ``complete`` comes last, so a cut file is never taken for a whole one.

    ``schema_version``: its second part rises when fields are added, its first when a field is
    renamed, dropped or means something else.
    """

    schema_version: str
    status: Literal["pass", "flagged", "not_evaluated"]
    exit_code: int
    counts: Counts
    provenance: Provenance
    notes: list[str]
    systematic: list[SystematicFault]
    complete: Literal[True]


def _counted(values: pl.Series) -> dict[str, int]:
    if values.is_empty():
        return {}
    table = values.alias("value").value_counts().sort("value", nulls_last=True)
    return {str(value) if value is not None else "": n for value, n in table.iter_rows()}


def exit_code(counts: dict[str, int], fail_on: str) -> ExitCode:
    """0 or 1: ``counts`` by verdict, ``fail_on`` hold, return or never."""
    flagged = counts.get("return", 0) + (counts.get("hold", 0) if fail_on == "hold" else 0)
    return ExitCode.FLAGGED if fail_on != "never" and flagged else ExitCode.DONE


def summarise(
    batch: Batch,
    judged: Judged,
    settings: Settings,
    registry: RegistryInfo | None,
    *,
    lines: dict[str, int],
    fail_on: str,
    ledger: LedgerUsed | None = None,
) -> Summary:
    """The summary of a run; ``lines`` are submitted lines by disposition."""
    records = judged.records
    by_verdict = {"pass": 0, "hold": 0, "return": 0} | _counted(records["verdict"])
    code = exit_code(by_verdict, fail_on)
    findings = findings_table(judged, settings.rules, settings.lang)
    flagged = by_verdict["hold"] + by_verdict["return"] > 0
    marks = batch.file_marks
    offices: dict[str, dict[str, int]] = {}
    for office, verdict, n in (
        records.group_by("office_code", "verdict")
        .len()
        .sort("office_code", "verdict", nulls_last=True)
        .iter_rows()
    ):
        offices.setdefault(office or "", {})[verdict] = n
    return Summary(
        schema_version=SCHEMA_VERSION,
        status="not_evaluated" if judged.not_evaluated else "flagged" if flagged else "pass",
        exit_code=int(code),
        counts=Counts(
            lines=sum(s.lines for s in batch.sources),
            records=records.height,
            accepted=lines["accepted"],
            held=lines["held"],
            returned=lines["returned"],
            cleared=records.filter(pl.col("findings").list.contains(CLEARED)).height,
            blank_lines=sum(s.blank_lines for s in batch.sources),
            by_verdict=by_verdict,
            by_class=_counted(records["hold_class"].drop_nulls()),
            by_cause=_counted(records["cause"].drop_nulls()),
            by_code=_counted(findings["code"]),
            by_severity=_counted(findings["severity"]),
            by_office={office: sum(v.values()) for office, v in offices.items()},
            by_office_verdict=offices,
        ),
        systematic=[
            SystematicFault(
                fault=fault,
                file=mask_text(batch.sources[source].name),
                office_code=None if office is None else mask_text(office),
                records=shown,
                of=of,
            )
            for fault, source, office, shown, of in judged.systematic.select(
                "fault", "source", "office_code", "records", "of"
            ).iter_rows()
        ],
        provenance=Provenance(
            inputs=[
                Input(
                    file=mask_text(s.name),
                    sha256=s.sha256,
                    lines=s.lines,
                    records=s.records,
                    format=s.layout or s.format,
                    encoding=s.encoding,
                    marks=sorted(set(marks.filter(pl.col("source") == s.index)["mark"].to_list())),
                )
                for s in batch.sources
            ],
            rules_version=rules_version(),
            policy=settings.policy.name,
            receiver=settings.receiver,
            registry=None
            if registry is None
            else RegistryUsed(
                sha256=registry.sha256,
                as_of=registry.as_of,
                rows=registry.rows,
                age_days=registry.age_days(settings.as_of),
            ),
            ledger=ledger,
            as_of=settings.as_of,
            tool_version=__version__,
            rules_not_evaluated=list(judged.not_evaluated),
        ),
        notes=[NOT_COMPARED[settings.lang]] if registry is None else [],
        complete=True,
    )
