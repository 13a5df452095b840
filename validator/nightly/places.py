"""The folders of the nightly job, and that they do not get into each other's way."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from validator.config import Config
from validator.errors import OutputError, UsageError
from validator.output.result import CLERKS

STAGING = ".staging"


@dataclass(frozen=True)
class Places:
    """Where the job reads and writes; all absolute."""

    inbox: Path
    outbox: Path
    clerks: Path
    quarantine: Path
    reports: Path
    state: Path

    @property
    def staging(self) -> Path:
        """What goes out, in the making; same volume as the outbox: one rename brings it there."""
        return self.outbox / STAGING

    @property
    def clerks_staging(self) -> Path:
        """What stays with the clerks, in the making, and copies of submitted files."""
        return self.clerks / STAGING

    def make(self) -> None:
        """Make what is written to. OutputError (7) if it cannot be made."""
        for folder in (self.outbox, self.clerks, self.quarantine, self.reports):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError:
                raise OutputError(
                    "夜間処理のフォルダーを作れません。場所とアクセス権を確認してください。",
                    "a folder of the nightly job cannot be made: check place and access rights",
                    file=folder.name,
                ) from None


def places_of(config: Config, state: Path | None = None) -> Places:
    """The folders of ``config``; what it leaves out lies beside the inbox, reports in ``reports``.

    The clerks' folder is `CLERKS` in the outbox then: whole forms lie nowhere but in folders that
    were named for them. It may lie in the outbox, nothing else may lie in anything.

    Raises UsageError (2) without an inbox, or where folders lie in one another.
    """
    nightly = config.nightly
    if nightly.inbox is None:
        raise UsageError(
            "設定ファイルの [nightly] に inbox(受信フォルダー)を書いてください。",
            "the configuration needs inbox (where files arrive) in [nightly]",
        )
    beside = nightly.inbox.parent
    outbox = nightly.outbox or beside / "outbox"
    # abspath, not resolve: a folder may be a link to another volume
    places = Places(
        *(
            Path(os.path.abspath(path))  # noqa: PTH100
            for path in (
                nightly.inbox,
                outbox,
                nightly.clerks or outbox / CLERKS,
                nightly.quarantine or beside / "quarantine",
                nightly.reports or Path("reports"),
                state or config.state or beside / "state",
            )
        )
    )
    outer = [places.outbox, places.inbox, places.quarantine, places.reports, places.state]
    if places.clerks != places.outbox / CLERKS:
        outer.append(places.clerks)
    real = [Path(os.path.realpath(folder)) for folder in outer]
    if any(one.is_relative_to(other) for one, other in permutations(real, 2)):
        raise UsageError(
            "[nightly] のフォルダーと state が互いに重なっています。別々の場所にしてください。",
            "folders of [nightly] and state lie in one another: give each its own place",
        )
    return places
