"""What the ledger knows when a run begins: earlier decisions, and the clearances in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from validator.hold.clearing import Clearance, Clearances
from validator.hold.difference import DIGEST_LENGTH, DIGESTS
from validator.hold.reason_words import public_reason
from validator.hold.reasons import OTHER
from validator.ledger.decisions import Decision, Entry, entries, latest_by
from validator.ledger.store import Ledger

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_NAME_LETTERS = 12


@dataclass(frozen=True)
class Memory:
    """Plain data, which outlives the open ledger and can be asked from any thread.

    ``name``: of the ledger, in letters; ``keyed``: its keyed hash; ``latest``: by ``record_id`` and
    each of `DIGESTS` (keyed), the latest decision.
    """

    name: str
    keyed: Callable[[str], str]
    clearances: Clearances
    latest: Mapping[str, Mapping[str, Entry]]


def ledger_name(ledger: Ledger) -> str:
    """By what a ledger is told from others; not its place, and nothing of its key."""
    return ledger.keyed_hash("name of the ledger")[:_NAME_LETTERS].translate(_LETTERS)


def keyed_digest(ledger: Ledger) -> Callable[[str], str]:
    """Makes the keyed hash of a digest, as short as the digest is."""
    return lambda digest: ledger.keyed_hash(digest)[:DIGEST_LENGTH]


def recall(ledger: Ledger, as_of: date, max_age_days: int) -> Memory:
    """Read the decisions. ``as_of``: the day of the run; ``max_age_days``: of a clearance."""
    known, keyed = entries(ledger), keyed_digest(ledger)
    latest = {column: latest_by(column, known) for column in ("record_id", *DIGESTS)}
    return Memory(
        name=ledger_name(ledger),
        keyed=keyed,
        clearances=Clearances(
            keyed=keyed,
            by_difference=_confirmed(latest["difference"]),
            by_submitted=_confirmed(latest["submitted"]),
            by_holder=_confirmed(latest["holder"]),
            as_of=as_of,
            max_age_days=max_age_days,
        ),
        latest=latest,
    )


def _confirmed(found: Mapping[str, Entry]) -> dict[str, Clearance]:
    """What was confirmed, and not decided otherwise since."""
    return {
        key: Clearance(
            entry.decided_on, public_reason(entry.reason or OTHER, entry.reason_text), entry.proof
        )
        for key, entry in found.items()
        if entry.decision is Decision.CONFIRMED
    }
