"""``validator explain-record RECORD_ID --run DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("record_id", metavar="RECORD_ID", help="記録の番号(record_id)")
    parser.add_argument(
        "--run",
        type=Path,
        required=True,
        metavar="DIR",
        help="check の出力フォルダー / output folder of a check",
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Print the evidence behind one decision; no submitted value is shown."""
    from validator.output.record_page import record_page

    sys.stdout.write(record_page(args.run, args.record_id, args.lang))
    return 0
