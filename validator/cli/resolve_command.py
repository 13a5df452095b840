"""``validator resolve WORKLIST.xlsx --state DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validator.cli.options import add_clock, add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "worklist", type=Path, metavar="WORKLIST.xlsx", help="記入した作業一覧 / the filled-in list"
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="確認の台帳のフォルダー / ledger of decisions and clearances",
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="DIR",
        help="作業一覧を作った check の出力フォルダー(既定: 作業一覧のあるフォルダー) / the run of the list",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="設定ファイル(TOML)")
    parser.add_argument(
        "--format",
        choices=("text", "json", "jsonl", "csv"),
        default="text",
        help="標準出力の形式 / format on stdout",
    )
    parser.add_argument("--quiet", action="store_true", help="要約を表示しない / no summary")
    add_clock(parser)
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Take the decisions, print what became of each row; 1 if a row was refused."""
    from validator.checking import parse_day, today
    from validator.config import load_config
    from validator.errors import UsageError
    from validator.output.decisions import print_resolved
    from validator.resolve import resolve_worklist

    state = args.state or load_config(args.config).state
    if state is None:
        raise UsageError(
            "台帳のフォルダーを --state で指定してください。",
            "give the folder of the ledger as --state",
        )
    resolved = resolve_worklist(
        args.worklist,
        state,
        run=args.run,
        as_of=parse_day(args.as_of, "--as-of") if args.as_of else None,
        today=today(),
    )
    sys.stdout.write(print_resolved(resolved, args.format, args.lang, quiet=args.quiet))
    return 1 if resolved.refused else 0
