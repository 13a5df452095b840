"""The outbox: what a receiver may take, and what it has said it took.

    outbox/<delivery>/manifest.json   what to take, with hashes and counts
    outbox/<delivery>/accepted.*      the accepted lines, if there are any
    outbox/<delivery>.ack             written by the receiver when it has taken it
    clerks/<delivery>/                the rest of the result; it never lies in the outbox

A receiver takes what ``take`` of the manifest names, once, and compares the hash. The
acknowledgement may be empty; if it holds a SHA-256 it must be that of the file taken.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator import __version__
from validator.errors import UsageError
from validator.nightly.inbox import told
from validator.nightly.job import Job
from validator.output.result import MANIFEST
from validator.output.staging import open_private

if TYPE_CHECKING:
    from validator.checking import Checked

SUBMITTED = "submitted"
ACKNOWLEDGED = ".ack"
MANIFEST_VERSION = "1.0"
_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
_MOST_BYTES = 65_536


@dataclass(frozen=True)
class Taken:
    """A file for the receiver."""

    path: Path
    sha256: str
    lines: int


def taken(path: Path, lines: int) -> Taken:
    """Describe an accepted file as written."""
    with path.open("rb") as file:
        return Taken(path, hashlib.file_digest(file, "sha256").hexdigest(), lines)


def write_manifest(
    folder: Path, delivery: str, kind: str, checked: Checked, take: Taken | None, job: Job
) -> None:
    """Write it last: a folder without one is nothing to take."""
    source = checked.batch.sources[0]
    summary = checked.summary
    registry = summary.provenance.registry
    content: dict[str, Any] = {
        "schema_version": MANIFEST_VERSION,
        "delivery": delivery,
        "kind": kind,
        "night": job.night.isoformat(),
        "source": {"file": told(source.name), "sha256": source.sha256, "lines": source.lines},
        "take": []
        if take is None
        else [{"file": take.path.name, "sha256": take.sha256, "lines": take.lines}],
        "counts": {
            "lines": summary.counts.lines,
            "accepted": summary.counts.accepted,
            "held": summary.counts.held,
            "returned": summary.counts.returned,
        },
        "registry": registry and registry.model_dump(mode="json"),
        "policy": summary.provenance.policy,
        "rules_version": summary.provenance.rules_version,
        "tool_version": __version__,
        "complete": True,
    }
    with open_private(folder / MANIFEST) as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def read_acknowledgements(job: Job) -> list[str]:
    """Note what the receiver acknowledged; deliveries whose acknowledgement names another file."""
    wrong = []
    waiting = job.ledger.connection.execute(
        "SELECT delivery, take_sha256 FROM night_deliveries WHERE state = 'offered'"
    ).fetchall()
    for delivery, sha256 in waiting:
        path = job.places.outbox / (delivery + ACKNOWLEDGED)
        try:
            with path.open("rb") as file:
                said = _SHA256.findall(file.read(_MOST_BYTES).decode("utf-8", "replace").lower())
        except OSError:
            continue
        if said and sha256 not in said:
            wrong.append(delivery)
        else:
            acknowledge(job, delivery)
    return wrong


def acknowledge(job: Job, delivery: str) -> None:
    """The receiver has it. UsageError (2) where there is no such delivery to acknowledge."""
    with job.ledger.transaction() as connection:
        known = connection.execute(
            "UPDATE night_deliveries SET state = 'acknowledged',"
            " acknowledged_at = coalesce(acknowledged_at, ?)"
            " WHERE delivery = ? AND state IN ('offered', 'acknowledged')",
            (job.at, delivery),
        ).rowcount
    if not known:
        raise UsageError(
            "その名前の引き渡しはありません。outbox のフォルダー名を指定してください。",
            "there is no such delivery: name a folder of the outbox",
        )


def unacknowledged(job: Job, hours: int | None) -> list[str]:
    """Deliveries that nobody acknowledged within ``hours`` of being offered; None: no limit."""
    if hours is None:
        return []
    return [
        delivery
        for delivery, at in job.ledger.connection.execute(
            "SELECT delivery, staged_at FROM night_deliveries WHERE state = 'offered'"
            " ORDER BY delivery"
        )
        if datetime.fromisoformat(at) + timedelta(hours=hours) <= job.moment
    ]
