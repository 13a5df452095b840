"""``validator letters --run DIR --out DIR``: the letters of a result once more, as PDF too."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--run",
        type=Path,
        required=True,
        metavar="DIR",
        help="check か夜間処理の出力フォルダー / output folder of a check or a night",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="出力フォルダー / output folder"
    )
    parser.add_argument("--pdf", action="store_true", help="PDF で作る(既定: HTML) / as PDF")
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="文書の日付(既定: 検査の基準日) / the day of the letters, by default that of the run",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="検査のときの設定ファイル(TOML) / of the run"
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="出力フォルダーがあれば置き換える / replace the output folder",
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Write the letters; exit 0."""
    from validator.checking import parse_day
    from validator.config import load_config
    from validator.output.letters import filed_in, refuse_unwritable, write_letters
    from validator.output.letters.write import INDEX
    from validator.output.staging import stage

    config = load_config(args.config)
    style = {"write": "pdf" if args.pdf else "html"}
    config = config.model_copy(update={"letters": config.letters.model_copy(update=style)})
    refuse_unwritable(config.letters)
    as_of = parse_day(args.as_of, "--as-of") if args.as_of else None
    with stage(args.out, args.overwrite, protect=[args.run], replaces=INDEX) as folder:
        n = write_letters(filed_in(args.run, config, args.lang, as_of), folder.path)
    if args.lang == "ja":
        said = f"{n}通の文書を作りました: {args.out}" if n else "文書の要る人はいません。"
    else:
        said = f"letters written: {n} in {args.out}" if n else "nobody needs a letter."
    sys.stdout.write(said + "\n")
    return 0
