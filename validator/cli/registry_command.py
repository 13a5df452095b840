"""``validator registry build`` and ``registry info``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from validator.cli.options import add_clock, add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser(
        "build",
        help="台帳を作る / build",
        description="住民票の抽出から台帳を作ります。 Build a registry from extracts.",
    )
    build.add_argument("source", nargs="+", type=Path, metavar="SOURCE", help="CSV, XLSX, Parquet")
    build.add_argument(
        "-o", "--out", type=Path, required=True, metavar="REG", help="台帳のフォルダー / folder"
    )
    build.add_argument("--overwrite", action="store_true", help="台帳があれば置き換える / replace")
    info = actions.add_parser(
        "info", help="台帳の大きさ・基準日・ハッシュ / size, as-of date, hash"
    )
    info.add_argument("registry", type=Path, metavar="REG")
    info.add_argument("--format", choices=("text", "json"), default="text")
    for sub in (build, info):
        add_language(sub)
        add_clock(sub)


def run(args: argparse.Namespace) -> int:
    """Build or show; exit 0, or 4 where the registry cannot be used."""
    from validator.checking import parse_day, today
    from validator.fields.registry_forms import add_normal_forms
    from validator.registry import build, open_registry

    as_of = parse_day(args.as_of, "--as-of") if args.as_of else today()
    path = args.registry if args.action == "info" else args.out
    if args.action == "build":
        build(args.source, args.out, normalise=add_normal_forms, overwrite=args.overwrite)
    info = open_registry(path, normalise=add_normal_forms, max_age_days=None, as_of=as_of).info
    age = info.age_days(as_of)
    if getattr(args, "format", "text") == "json":
        document = {
            "name": info.name,
            "format": info.format,
            "rows": info.rows,
            "numbers": info.numbers,
            "conflicts": info.conflicts,
            "as_of": str(info.as_of) if info.as_of else None,
            "age_days": age,
            "sha256": info.sha256,
            "size_bytes": info.size_bytes,
            "problems": info.problems,
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return 0
    ja = args.lang == "ja"
    unknown = "不明" if ja else "unknown"
    rows = [
        ("行数" if ja else "rows", f"{info.rows:,}"),
        ("個人番号" if ja else "numbers", f"{info.numbers:,}"),
        ("食い違う番号" if ja else "conflicts", f"{info.conflicts:,}"),
        (
            "基準日" if ja else "as of",
            f"{info.as_of} ({age}{'日前' if ja else ' days old'})" if info.as_of else unknown,
        ),
        ("大きさ" if ja else "size", f"{info.size_bytes / 1e6:,.1f} MB"),
        ("SHA-256", info.sha256),
        *(
            (f"問題: {kind}" if ja else f"problem: {kind}", f"{n:,}")
            for kind, n in sorted(info.problems.items())
        ),
    ]
    for name, value in rows:
        sys.stdout.write(f"{name}: {value}\n")
    return 0
