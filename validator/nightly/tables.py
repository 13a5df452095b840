"""What the nightly job keeps in the ledger: files, deliveries, holds, nights. Nobody's values.

A row is written before the folder or file that it tells of moves to its place (``staged``), so a
killed run is finished by the next one (`validator.nightly.standing`).
"""

from __future__ import annotations

from validator.ledger.store import Part

NIGHTS = Part(
    "nightly",
    (
        """
        CREATE TABLE night_files (
            id INTEGER PRIMARY KEY,
            night TEXT NOT NULL,
            seen_at TEXT NOT NULL,
            name TEXT NOT NULL,
            inode INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('processed', 'repeated', 'quarantined')),
            delivery TEXT,
            target TEXT,
            exit_code INTEGER NOT NULL,
            reason_ja TEXT,
            reason_en TEXT,
            in_inbox INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX night_files_sha256 ON night_files (sha256);
        CREATE INDEX night_files_night ON night_files (night);
        CREATE TABLE night_tries (
            sha256 TEXT PRIMARY KEY,
            tries INTEGER NOT NULL,
            inode INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE night_deliveries (
            delivery TEXT PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('batch', 'release')),
            source TEXT NOT NULL,
            night TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('staged', 'offered', 'acknowledged', 'nothing')),
            staged_at TEXT NOT NULL,
            acknowledged_at TEXT,
            take_sha256 TEXT,
            lines INTEGER NOT NULL,
            taken_lines INTEGER NOT NULL,
            records INTEGER NOT NULL,
            passed INTEGER NOT NULL,
            held INTEGER NOT NULL,
            returned INTEGER NOT NULL,
            judged_with TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE night_holds (
            hold TEXT PRIMARY KEY,
            delivery TEXT NOT NULL REFERENCES night_deliveries,
            line INTEGER NOT NULL,
            sender TEXT NOT NULL,
            form TEXT NOT NULL,
            verdict TEXT NOT NULL,
            hold_class TEXT,
            cause TEXT,
            due_on TEXT,
            opened_on TEXT NOT NULL,
            since TEXT NOT NULL,
            state TEXT NOT NULL
                CHECK (state IN ('open', 'answered', 'superseded', 'released', 'resolved')),
            decided TEXT,
            closed_on TEXT,
            closed_by TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX night_holds_state ON night_holds (state, delivery);
        CREATE TABLE night_hold_keys (
            key TEXT NOT NULL,
            hold TEXT NOT NULL REFERENCES night_holds,
            PRIMARY KEY (key, hold)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE nights (
            night TEXT PRIMARY KEY,
            run_at TEXT NOT NULL,
            exit_code INTEGER,
            status TEXT,
            reported INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ),
)
