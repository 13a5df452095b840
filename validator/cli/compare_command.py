"""``validator compare name|kana|address|birth-date``."""

from __future__ import annotations

import argparse
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("item", choices=("name", "kana", "address", "birth-date"))
    parser.add_argument(
        "values",
        nargs="*",
        metavar="VALUE",
        help="届書の値と台帳の値 / submitted and registry value",
    )
    parser.add_argument("--pairs", type=Path, metavar="FILE.csv")
    parser.add_argument("--out", type=Path, metavar="FILE.csv")
    parser.add_argument(
        "--overwrite", action="store_true", help="出力ファイルがあれば置き換える / replace"
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="設定ファイル([names]、[addresses]) / configuration",
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Compare; exit 0 whatever the level."""
    from validator.compare import Site, compare_file, compare_values
    from validator.config import load_config
    from validator.fields.address.site import load_site

    config = load_config(args.config)
    site = Site(
        config.names.glyph_exceptions,
        load_site(config.addresses.town_renames, koaza_optional=config.addresses.koaza_optional),
    )
    if args.pairs is None:
        compare_values(args.item, args.values, args.lang, site)
    else:
        compare_file(args.item, args.pairs, args.out, overwrite=args.overwrite, site=site)
    return 0
