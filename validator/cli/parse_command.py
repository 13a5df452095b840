"""``validator parse address``: split a column of addresses into their parts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.options import add_language

if TYPE_CHECKING:
    import polars as pl

_COLUMN = "address"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("item", choices=("address",))
    parser.add_argument(
        "--in", dest="source", type=Path, required=True, metavar="FILE.csv",
        help="address 列のある CSV / a CSV with a column address",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    parser.add_argument(
        "--overwrite", action="store_true", help="出力ファイルがあれば置き換える / replace"
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Parse; exit 0 whatever was found."""
    parse_file(args.source, args.out, overwrite=args.overwrite)
    return 0


def parse_file(source: Path, target: Path, *, overwrite: bool) -> None:
    """Read ``source``, add the columns of the parts, write ``target``.

    Raises InputError (3), UsageError (2), OutputError (7).
    """
    from validator.fields.address.parse import parse_addresses
    from validator.output.csv_file import refuse_target, write_whole

    refuse_target(source, target, option="--in", overwrite=overwrite)
    rows = _read(source)
    write_whole(rows.hstack(parse_addresses(rows[_COLUMN], detail=False)), target)


def _read(source: Path) -> pl.DataFrame:
    """The rows as text (UTF-8, with or without BOM, or CP932), their columns checked."""
    import polars as pl

    from validator.batch.delimited import read_delimited
    from validator.batch.opening import read_submitted
    from validator.errors import InputError
    from validator.fields.address.parse import PARSED

    submitted = read_submitted(source)
    if (at := submitted.data.find(b"\0")) >= 0:
        raise InputError(
            "文字でないデータ(NUL)が含まれています。CSV を UTF-8 で保存し直してください。",
            "the file holds NUL bytes, which are no text; save the CSV again as UTF-8.",
            file=source.name,
            lines=(submitted.data.count(b"\n", 0, at) + 1,),
        )
    table = read_delimited(submitted, keep_blank=True, alone=(_COLUMN,))
    names = [str(header).strip() for header in table.headers]
    if _COLUMN not in names or len({*names, *PARSED}) != len(names) + len(PARSED):
        raise InputError(
            f"列が足りないか、重複か、追加される列と同名です。必要な列: {_COLUMN}",
            f"columns are missing, doubled or taken by the result; needed: {_COLUMN}",
            file=source.name,
            lines=(1,),
        )
    if table.cells.is_empty():
        raise InputError(
            "見出しだけで住所の行がありません。住所の行を加えてください。",
            "the table has a header and no rows; add the addresses.",
            file=source.name,
        )
    # A row of nothing but separators is a row; an empty line is none.
    blank = table.cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
    if blank.any():
        physical = submitted.data.split(b"\n")
        lines = table.line.filter(blank).to_list()
        empty = pl.Series([not physical[n - 1].strip(b"\r") for n in lines], dtype=pl.Boolean)
        kept = (~blank).scatter(blank.arg_true(), ~empty)
        table_cells = table.cells.filter(kept)
    else:
        table_cells = table.cells
    return table_cells.rename(dict(zip(table.cells.columns, names, strict=True)))
