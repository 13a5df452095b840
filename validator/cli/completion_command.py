"""``validator completion bash|zsh|fish``."""

from __future__ import annotations

import argparse
import sys

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="シェル / the shell")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Print the script; exit 0."""
    from validator.cli.completion import SCRIPTS, command_tree
    from validator.cli.main import build_parser
    from validator.forms.load import default_forms
    from validator.rules import all_rules

    forms = tuple(default_forms().names)
    words = {
        "CODE": tuple(rule.code for rule in all_rules()),
        "FORM": forms,
        "form": forms,
        "NAME|FILE": ("registration-2024", "classes-2023"),
    }
    sys.stdout.write(SCRIPTS[args.shell](command_tree(build_parser(), words)))
    return 0
