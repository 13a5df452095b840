"""``validator rules``."""

from __future__ import annotations

import argparse
import json
import sys

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """List every rule; always exit 0."""
    from validator.rules import all_rules
    from validator.rules.pages import rule_line

    if args.format == "json":
        rows = [
            {
                "code": r.code,
                "slug": r.slug,
                "field": r.field,
                "severity": r.severity.value,
                "effect": r.effect.value,
                "message": r.message.get(args.lang),
                "source": list(r.source),
            }
            for r in all_rules()
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    sys.stdout.writelines(f"{rule_line(rule, args.lang)}\n" for rule in all_rules())
    return 0
