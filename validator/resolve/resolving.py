"""From a filled-in work list to entries of the ledger: each row is judged by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from validator.ledger.decisions import PART, Decision, Entry, add, entries, latest_by
from validator.ledger.history import HISTORY
from validator.ledger.store import Ledger, open_ledger
from validator.output.worklist.columns import KEY, RECORD_ID
from validator.output.worklist.seal import read_key
from validator.resolve.inputs import Filled, read_filled
from validator.resolve.proving import Proven, Prover
from validator.resolve.reading import Listed, ListedRow, read_listed
from validator.resolve.refusals import Refusal

_OLDEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row with a decision: ``entry`` (new or ``known``) or ``refusal``."""

    line: int
    record_id: str
    entry: Entry | None = None
    known: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Resolved:
    """Result of reading a work list back; ``open_rows``: rows without a decision yet."""

    file: str
    outcomes: tuple[Outcome, ...]
    open_rows: int

    @property
    def entered(self) -> tuple[Outcome, ...]:
        """New in the ledger."""
        return tuple(o for o in self.outcomes if o.entry is not None and not o.known)

    @property
    def known(self) -> tuple[Outcome, ...]:
        """In the ledger already."""
        return tuple(o for o in self.outcomes if o.known)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Not taken."""
        return tuple(o for o in self.outcomes if o.refusal is not None)


def resolve_worklist(
    path: Path, state: Path, *, run: Path | None = None, as_of: date | None, today: date
) -> Resolved:
    """Read the decisions of ``path`` and keep those that stand in the ledger ``state``.

    ``run``: output folder of the check that has made the list (default: the folder of the list, if
    it is one). ``as_of``: no decision may be later; by default today or the day of the run. Raises
    InputError (3) for a file that is no work list, and what `open_ledger` raises.
    """
    listed = read_listed(path)
    with open_ledger(state, [PART, HISTORY]) as ledger:
        outcomes = _judged(listed, ledger, _run_folder(path, run), as_of, today)
        new = [o.entry for o in outcomes if o.entry is not None and not o.known]
        if new:
            add(ledger, new)
    return Resolved(listed.file, tuple(outcomes), len(listed.rows) - len(outcomes))


def _run_folder(path: Path, run: Path | None) -> Path | None:
    if run is not None:
        return run
    own = path.parent
    whole = all((own / name).is_file() for name in ("summary.json", "records.parquet"))
    return own if whole else None


def _judged(
    listed: Listed, ledger: Ledger, run: Path | None, as_of: date | None, today: date
) -> list[Outcome]:
    prover = Prover(ledger, listed, run)
    latest = latest_by("record_id", entries(ledger))
    outcomes = []
    for row in listed.rows:
        filled = read_filled(row) if row.has_input() else None
        if filled is None:
            continue
        made = _entry(row, filled, prover, as_of or _latest_day(row, today), today)
        if isinstance(made, Entry):
            made = _against(made, latest.get(made.record_id))
        outcomes.append(_outcome(row, made, latest))
    return _without_doubles(outcomes)


def _latest_day(row: ListedRow, today: date) -> date:
    """Today, or the day of the run where that was given as a later one."""
    key = read_key(row.text(KEY))
    return max(today, key.as_of) if key is not None else today


def _entry(
    row: ListedRow, filled: Filled | Refusal, prover: Prover, as_of: date, today: date
) -> Entry | Refusal:
    proven = prover.prove(row)
    if isinstance(proven, Refusal):
        return proven
    if isinstance(filled, Refusal):
        return filled
    if filled.decided_on > as_of:
        return Refusal.DAY_IN_FUTURE
    if filled.decided_on < _first_day(proven):
        return Refusal.DAY_TOO_EARLY
    reason = filled.reason
    if filled.decision is Decision.CONFIRMED:
        if proven.verdict == "return":
            return Refusal.RETURN_NOT_CLEARED
        if proven.clear == "no" or proven.difference is None:
            return Refusal.CLASS_NOT_CLEARED
        if proven.clear == "with_proof" and not (reason and reason.proof):
            return Refusal.NO_PROOF
    return Entry(
        record_id=proven.record_id,
        run=proven.run,
        run_as_of=proven.as_of,
        difference=proven.difference,
        submitted=proven.submitted,
        holder=proven.holder,
        decision=filled.decision,
        reason=reason.code if reason else None,
        reason_text=reason.words if reason else None,
        proof=bool(reason and reason.proof),
        clerk=filled.clerk,
        decided_on=filled.decided_on,
        entered_on=today,
    )


def _first_day(proven: Proven) -> date:
    """Nobody decides on a form before it is there; a day of last year is a slip."""
    received = proven.received
    if received is not None and received <= proven.as_of:
        return received
    return proven.as_of - _OLDEST


def _against(entry: Entry, latest: Entry | None) -> Entry | Refusal:
    """The entry, unless the ledger has a newer decision on the record that says otherwise."""
    if latest is None or entry.says_the_same(latest):
        return entry
    older_list = latest.run != entry.run and latest.run_as_of > entry.run_as_of
    if older_list or latest.decided_on > entry.decided_on:
        return Refusal.OLDER_DECISION
    return entry


def _outcome(row: ListedRow, made: Entry | Refusal, latest: dict[str, Entry]) -> Outcome:
    record_id = row.text(RECORD_ID)
    if isinstance(made, Refusal):
        return Outcome(row.line, record_id, refusal=made)
    before = latest.get(made.record_id)
    known = before is not None and made.says_the_same(before)
    return Outcome(row.line, record_id, entry=made, known=known)


def _without_doubles(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Of rows with the same record one counts, or none if they say different things."""
    by_record: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_record.setdefault(outcome.record_id, []).append(outcome)
    judged: list[Outcome] = []
    for own in by_record.values():
        taken = [o for o in own if o.entry is not None]
        first = taken[0].entry if taken else None
        agree = all(o.entry is not None and first and o.entry.says_the_same(first) for o in taken)
        for outcome in own:
            if outcome.entry is None or len(taken) == 1:
                judged.append(outcome)
            elif not agree:
                refusal = Refusal.CONTRADICTORY
                judged.append(Outcome(outcome.line, outcome.record_id, refusal=refusal))
            elif outcome is not taken[0]:
                refusal = Refusal.DUPLICATE
                judged.append(Outcome(outcome.line, outcome.record_id, refusal=refusal))
            else:
                judged.append(outcome)
    return sorted(judged, key=lambda o: o.line)
