"""``validator explain CODE``."""

from __future__ import annotations

import argparse
import sys

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("code", metavar="CODE", help="規則コード(例: MN003)")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Print the page of one rule."""
    from validator.rules import rule_by_code
    from validator.rules.pages import rule_page

    sys.stdout.write(rule_page(rule_by_code(args.code), args.lang))
    return 0
