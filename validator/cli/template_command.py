"""``validator template FORM -o FILE.xlsx``: an input sheet for a form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from validator.cli.options import add_language


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "form",
        metavar="FORM",
        help="届書(例: shikaku_shutoku、資格取得届) / the form, by either name",
    )
    parser.add_argument(
        "-o",
        "--out",
        type=Path,
        required=True,
        metavar="FILE.xlsx",
        help="書き出すExcelブック / the workbook to write",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="設定ファイル(TOML)。[forms] の列も入ります"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="ファイルがあれば置き換える / replace the file"
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Write the workbook, whole or not at all; exit 0."""
    from validator.batch.assemble import form_named
    from validator.config import load_config
    from validator.errors import UsageError
    from validator.forms.load import declared_forms
    from validator.output.csv_file import refuse_existing, write_bytes_whole
    from validator.output.template import build_template

    if args.out.suffix.lower() != ".xlsx":
        raise UsageError(
            "出力ファイルの名前は .xlsx で終わるようにしてください。",
            "the name of the output must end in .xlsx",
        )
    forms = declared_forms(load_config(args.config).forms.folder)
    form = form_named(args.form, forms)
    refuse_existing(args.out, overwrite=args.overwrite)
    write_bytes_whole(build_template(form, forms.vocabulary), args.out)
    sys.stdout.write(
        f"{form.ja[0]}の入力シートを書き出しました: {args.out.name}\n"
        if args.lang == "ja"
        else f"input sheet of {form.name} written: {args.out.name}\n"
    )
    return 0
