"""The batch files that git has staged, for ``check --staged``."""

from __future__ import annotations

import argparse
from pathlib import Path

from validator import git
from validator.batch.opening import Submitted, submitted_of_bytes
from validator.config import Config, load_config, parse_config
from validator.errors import InputError, UsageError
from validator.privacy.guard.allow import Allowed
from validator.privacy.guard.places import CONFIG_NAME


def staged_batch(args: argparse.Namespace) -> tuple[list[Submitted], Config]:
    """The named files as the index has them, or all that differ from HEAD; and the configuration.

    Where ``[guard] allow`` names paths, only files there are upload files; others are the guard's.
    Without ``--config`` the staged ``validator.toml`` counts, never the one in the work tree.
    """
    if args.out is not None or args.state is not None:
        raise UsageError(
            "--staged は検査だけです。--out や --state とは一緒に使えません。",
            "--staged only checks: it goes without --out and --state",
        )
    git.top()
    config = _config(args.config)
    entries = git.in_index([str(p) for p in args.batch]) if args.batch else git.staged()
    allowed = Allowed(config.guard.allow)
    wanted = [e for e in entries if not e.link and (not allowed.patterns or e.path in allowed)]
    files = []
    for entry, data in zip(wanted, git.contents(e.object_id for e in wanted), strict=True):
        if data is None:
            raise InputError(
                "ファイルが大きすぎます(上限 1 GiB)。分割してください。",
                "the file is too large (limit 1 GiB); split it.",
                file=Path(entry.path).name,
            )
        files.append(submitted_of_bytes(Path(entry.path), data))
    return files, config


def _config(path: Path | None) -> Config:
    if path is not None:
        return load_config(path)
    text = git.index_text(CONFIG_NAME)
    return Config() if text is None else parse_config(text, CONFIG_NAME)
