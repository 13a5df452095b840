"""Which run and which record a row is of, and whether that still stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from validator.errors import InputError
from validator.ledger.clearances import keyed_digest, ledger_name
from validator.ledger.decisions import Seen, seen
from validator.ledger.seen import run_name
from validator.ledger.store import Ledger
from validator.output.summary import Summary
from validator.output.worklist.columns import COLUMNS, KEY, RECORD_ID, SEAL, SEALED, Kind
from validator.output.worklist.seal import BARE_NUMBER, read_key, seal
from validator.resolve.inputs import read_day
from validator.resolve.reading import Listed, ListedRow, cell_text
from validator.resolve.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Proven:
    """What a row is about; digests are keyed."""

    record_id: str
    run: str
    as_of: date
    received: date | None
    verdict: str
    clear: str
    difference: str | None
    submitted: str | None
    holder: str | None


class Prover:
    """Proves the rows of one work list against the ledger and, where there is one, the run."""

    def __init__(self, ledger: Ledger, listed: Listed, run_folder: Path | None) -> None:
        """``run_folder``: given by the caller, or the folder of the work list if it is a run's."""
        self._keyed = keyed_digest(ledger)
        self._name = ledger_name(ledger)
        self._whole = {KEY, SEAL, *SEALED} <= listed.headers
        self._run, self._records = _run_of(run_folder)
        self._seen = seen(ledger, [row.text(RECORD_ID) for row in listed.rows if row.has_input()])

    def prove(self, row: ListedRow) -> Proven | Refusal:
        """What the row is about, or why it cannot be taken."""
        record_id = row.text(RECORD_ID)
        if not record_id:
            return Refusal.NO_RECORD_ID
        latest = self._seen.get(record_id)
        if not self._whole:
            return self._by_record(record_id, latest)
        key = read_key(row.text(KEY))
        if key is None:
            return Refusal.TAMPERED
        if key.ledger is not None and key.ledger != self._name:
            return Refusal.FOREIGN_LEDGER
        cells = (*(_sealed_text(row, header) for header in SEALED), row.text(KEY))
        if seal(cells, self._keyed if key.ledger else None) != row.text(SEAL):
            return Refusal.TAMPERED
        if key.ledger is None and self._records is not None:
            if key.run != self._run:
                return Refusal.FOREIGN_RUN
            if self._records.get(record_id) != key.verdict:
                return Refusal.UNKNOWN_RECORD
        digests = (key.difference, key.submitted, key.holder)
        if key.ledger is None:
            digests = tuple(None if d is None else self._keyed(d) for d in digests)  # type: ignore[assignment]
        proven = Proven(
            record_id, key.run, key.as_of, key.received, key.verdict, key.clear, *digests
        )
        return self._still(proven, latest, ordered=key.ledger is not None)

    def _by_record(self, record_id: str, latest: Seen | None) -> Proven | Refusal:
        """A row without its proof counts where every run of the record has seen the same."""
        if latest is None or not latest.steady:
            return Refusal.UNPROVEN
        if latest.verdict == "pass":
            return Refusal.STALE_PASSES
        verdict = "hold" if latest.verdict == "cleared" else latest.verdict
        return Proven(
            *(record_id, latest.run, latest.run_as_of, None, verdict, latest.clear),
            *(latest.difference, latest.submitted, latest.holder),
        )

    def _still(self, row: Proven, latest: Seen | None, *, ordered: bool) -> Proven | Refusal:
        """The row, unless a newer run has found something else.

        ``ordered``: the run of the row is one of this ledger, so any other that it has seen last
        came later; otherwise the days of the runs tell.
        """
        if latest is None or latest.run == row.run:
            return row
        if not ordered and row.as_of > latest.run_as_of:
            return row
        if latest.verdict == "pass":
            return Refusal.STALE_PASSES
        then = (row.difference, row.submitted, row.holder)
        now = (latest.difference, latest.submitted, latest.holder)
        return row if then == now else Refusal.STALE_CHANGED


_DAYS = frozenset(c.header for c in COLUMNS if c.kind is Kind.DATE)


def _sealed_text(row: ListedRow, header: str) -> str:
    """A cell as it was when the row was sealed, whatever program has saved it since."""
    cell = row.cells.get(header, "")
    if header in _DAYS and (day := read_day(cell)) is not None:
        return day.isoformat()
    return re.sub(BARE_NUMBER, r"\1", cell_text(cell).replace("\r\n", "\n"))


def _run_of(folder: Path | None) -> tuple[str | None, dict[str, str] | None]:
    """Name of the run in ``folder``, and its flagged records with their verdicts."""
    if folder is None:
        return None, None
    try:
        summary = Summary.model_validate(json.loads((folder / "summary.json").read_bytes()))
        records = (
            pl.scan_parquet(folder / "records.parquet")
            .filter(pl.col("verdict") != "pass")
            .select("record_id", "verdict")
            .collect()
        )
    except (OSError, ValueError, pl.exceptions.PolarsError):
        raise InputError(
            "--run は check の出力フォルダーではないか、壊れています。"
            "作業一覧を作った検査のフォルダーを指定してください。",
            "--run is no output folder of a check, or it is damaged: give the folder of the run"
            " that has made the work list.",
            file=folder.name,
        ) from None
    return run_name(summary.provenance), dict(records.iter_rows())
