"""``validator trend``."""

from __future__ import annotations

import argparse
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--state", type=Path, metavar="DIR", help="台帳のフォルダー / ledger")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="設定ファイル(TOML) / configuration"
    )
    parser.add_argument(
        "--by",
        choices=("week", "night", "sender", "cause"),
        default="week",
        help="まとめ方(既定 week) / what a row is",
    )
    parser.add_argument(
        "--kind",
        choices=("nightly", "check"),
        help="夜間処理か check --state の履歴か(既定: 夜間処理があれば夜間処理) / whose history",
    )
    parser.add_argument("--since", metavar="DATE", help="この日から / from this day")
    parser.add_argument("--until", metavar="DATE", help="この日まで / up to this day")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Print the history; exit 0, or 2 where there is no ledger."""
    import sys

    from validator.checking import parse_day
    from validator.config import load_config
    from validator.nightly.places import places_of
    from validator.nightly.trend_text import render, trend

    config = load_config(args.config)
    state = args.state or config.state
    if state is None and config.nightly.inbox is not None:
        state = places_of(config).state
    frame = trend(
        state,
        args.by,
        kind=args.kind,
        since=parse_day(args.since, "--since") if args.since else None,
        until=parse_day(args.until, "--until") if args.until else None,
    )
    sys.stdout.write(render(frame, args.by, args.format, args.lang))
    return 0
