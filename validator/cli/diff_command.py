"""``validator diff OLD NEW``."""

from __future__ import annotations

import argparse
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "old", type=Path, metavar="OLD", help="前の結果のフォルダー / earlier result"
    )
    parser.add_argument("new", type=Path, metavar="NEW", help="後の結果のフォルダー / later result")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="設定ファイル(TOML) / configuration"
    )
    parser.add_argument(
        "--fail-on",
        choices=("hold", "return", "never"),
        default="hold",
        help="終了コード1の条件: 新しい保留・返戻、新しい返戻、なし / what newly is exits 1",
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Print what changed; exit 1 if something is newly held or returned, else 0."""
    import sys

    from validator.config import load_config
    from validator.nightly.places import places_of
    from validator.output.difference import compare_results, is_worse
    from validator.output.difference_text import render

    config = load_config(args.config)
    places = places_of(config) if config.nightly.inbox is not None else None
    tops = (places.outbox, places.clerks) if places is not None else None
    changes, same = compare_results(args.old, args.new, config, tops)
    sys.stdout.write(render(changes, same, args.format, args.lang))
    return int(is_worse(changes, args.fail_on))
