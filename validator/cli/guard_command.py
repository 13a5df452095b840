"""``validator guard FILE...``: no plaintext My Number where it may not be."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.options import FORMATS as ALL_FORMATS
from validator.cli.options import add_language

if TYPE_CHECKING:
    from validator.privacy.guard.report import Found


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="調べるファイルかフォルダー(- は標準入力) / files and folders to search, - for stdin",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--staged",
        action="store_true",
        help="git の索引の内容を調べる(FILE がなければ HEAD から変わったもの全部) / search the git index, never the work tree",
    )
    where.add_argument(
        "--filter",
        action="store_true",
        help="git の clean フィルター: 標準入力を調べ、何もなければそのまま標準出力へ / as a git clean filter: stdin to stdout, or refuse",
    )
    where.add_argument(
        "--pre-receive",
        action="store_true",
        help="git サーバーの pre-receive: 送られてきた内容を全部調べる / as a git pre-receive hook on the server",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="疑わしい番号と、種類のわからないファイルも拒む / refuse doubtful numbers and files of unknown kinds too",
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="設定ファイル(TOML)。なければリポジトリか現在のフォルダーの validator.toml / [guard] allow",
    )
    parser.add_argument(
        "--format",
        choices=ALL_FORMATS,
        default="text",
        help="標準出力の形式 / format on stdout",
    )
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Search; 0 where nothing is refused, else PlaintextError (9) or InputError (3)."""
    from validator.errors import UsageError
    from validator.privacy.guard import places
    from validator.privacy.guard.report import clean_up

    if not (args.files or args.staged or args.filter or args.pre_receive):
        raise UsageError(
            "調べるファイルを指定してください(git の索引なら --staged)。",
            "name the files to search, or --staged for the git index",
        )
    if args.filter and args.format != "text":
        raise UsageError(
            "--filter の標準出力はファイルの内容です。--format とは一緒に使えません。",
            "--filter writes the file itself to stdout: it goes without --format",
        )
    if args.filter:
        data = sys.stdin.buffer.read()
        name = args.files[0] if args.files else ""
        found = places.in_filter(name, data, config=args.config, strict=args.strict)
        _tell(found, args.lang, sys.stderr.write)
        sys.stdout.buffer.write(data)
        return 0
    if args.pre_receive:
        # A pushed file must not decide what is allowed: only the server's own configuration counts.
        lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
        found = places.in_push(lines, config=args.config, strict=args.strict)
        return _result(found, args)
    if args.staged:
        found = places.in_index(args.files, config=args.config, strict=args.strict)
        return _result(found, args, clean_up(found, args.lang))
    return _result(places.in_files(args.files, config=args.config, strict=args.strict), args)


def _result(found: list[Found], args: argparse.Namespace, advice: Sequence[str] = ()) -> int:
    """Print what was found; advice to people goes with the text only."""
    if args.format == "text":
        _tell(found, args.lang, sys.stdout.write, advice)
        return 0
    from validator.privacy.guard.formats import render
    from validator.privacy.guard.report import refusal

    sys.stdout.write(render(found, args.format, args.lang))
    if found:
        raise refusal(found)
    return 0


def _tell(
    found: list[Found], lang: str, write: Callable[[str], object], advice: Sequence[str] = ()
) -> None:
    from validator.privacy.guard.report import lines, refusal

    if not found:
        return
    for line in [*lines(found, lang), *advice]:
        write(f"{line}\n")
    raise refusal(found)
