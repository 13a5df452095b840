"""``validator check``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from validator.cli.options import add_check_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "batch",
        nargs="*",
        type=Path,
        metavar="BATCH",
        help="届書のファイル(CSV, TSV, XLSX, Parquet, JSON Lines, KPFD0006, SHFD0006)",
    )
    parser.add_argument(
        "--registry",
        type=Path,
        metavar="REG",
        help="住民票の台帳(registry build の結果、CSV、Parquet)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="出力フォルダー(なければ画面に表示するだけ) / output folder",
    )
    parser.add_argument(
        "--staged",
        action="store_true",
        help="作業フォルダーではなく git の索引の内容を検査する(フック用) / check the git index, for hooks",
    )
    parser.add_argument(
        "--letters",
        choices=("html", "pdf", "none"),
        help="事業所への文書の形式(既定: 設定の [letters] write、なければ html) / letters to employers",
    )
    add_check_options(parser)


def run(args: argparse.Namespace) -> int:
    """Check, write, print; returns the exit code."""
    from validator.checking import Options, check_files, check_submitted, parse_day
    from validator.cli.outputs import parse_outputs
    from validator.cli.staged import staged_batch
    from validator.config import load_config
    from validator.errors import UsageError
    from validator.output.csv_file import write_bytes_whole
    from validator.output.machine import render_machine
    from validator.output.terminal import print_checked, progress_bar

    if args.received_on is not None:
        parse_day(args.received_on, "--received-on")
    if (
        args.out is not None
        and args.registry is not None
        and os.path.realpath(args.out) == os.path.realpath(args.registry)
    ):
        raise UsageError("出力フォルダーと台帳が同じです。", "--out and --registry are the same")
    outputs = parse_outputs(args.output, overwrite=args.overwrite)
    if args.staged:
        files, config = staged_batch(args)
        if not files:
            return 0
    elif not args.batch:
        raise UsageError(
            "検査するファイルを指定してください(git の索引なら --staged)。",
            "name the files to check, or --staged for the git index",
        )
    else:
        files, config = [], load_config(args.config)
    with progress_bar(enabled=not (args.no_progress or args.quiet)) as progress:
        options = Options(
            registry=args.registry,
            out=args.out,
            as_of=parse_day(args.as_of, "--as-of") if args.as_of else None,
            received_on=args.received_on,
            policy=args.policy,
            receiver=args.receiver,
            form=args.form,
            config=config,
            lang=args.lang,
            fail_on=args.fail_on,
            overwrite=args.overwrite,
            expect_empty=args.expect_empty,
            state=args.state,
            # The hook shows no notes, and loading that dictionary would take half its time.
            voice=not (args.staged and args.format == "concise"),
            letters=args.letters,
            progress=progress,
        )
        checked = check_submitted(files, options) if files else check_files(args.batch, options)
    for style, path in outputs:
        write_bytes_whole(render_machine(checked, style).encode(), path)
    try:
        print_checked(checked, out=args.out, style=args.format, quiet=args.quiet)
    except OSError:
        # The folder is complete: a screen that cannot be written does not undo it.
        if args.out is None:
            raise
    return checked.summary.exit_code
