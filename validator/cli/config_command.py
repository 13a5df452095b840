"""``validator config show``: the values in force and where each comes from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser(
        "show",
        help="有効な設定値と、その出どころをTOMLで出す / values in force and where they come from",
    )
    show.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="設定ファイル(TOML)。なければ既定値 / without one the defaults",
    )
    add_language(show)


def run(args: argparse.Namespace) -> int:
    """Print the configuration as TOML; exit 0."""
    from validator.config_show import shown_config

    sys.stdout.write(shown_config(args.config, args.lang))
    return 0
