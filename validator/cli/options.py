"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit", "github", "concise")


def add_language(parser: argparse.ArgumentParser) -> None:
    """--lang."""
    parser.add_argument(
        "--lang", choices=("ja", "en"), default="ja", help="メッセージの言語 / language"
    )


def add_clock(parser: argparse.ArgumentParser) -> None:
    """--as-of."""
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="「今日」とみなす日(既定: 日本の今日) / the clock of every rule",
    )


def add_check_options(parser: argparse.ArgumentParser) -> None:
    """Options of everything that judges records."""
    add_language(parser)
    add_clock(parser)
    parser.add_argument(
        "--received-on",
        metavar="DATE",
        help="受付日が空欄のときの受付日 / fills blank reception dates",
    )
    parser.add_argument(
        "--policy",
        metavar="NAME|FILE",
        help="registration-2024 (既定), classes-2023, または TOML ファイル",
    )
    parser.add_argument(
        "--receiver",
        choices=("association", "pension_office"),
        help="提出先 / who receives the form",
    )
    parser.add_argument(
        "--form",
        default="shikaku_shutoku",
        help="届書種別の列がないときの届書 / form of rows that name none",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="設定ファイル(TOML)")
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        help="保留解除の台帳のフォルダー / ledger of clearances",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="標準出力の形式 / format on stdout"
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=PATH",
        help="その形式でファイルにも書く(何度でも) / write that format to a file as well, repeatable",
    )
    parser.add_argument(
        "--fail-on",
        choices=("hold", "return", "never"),
        default="hold",
        help="終了コード1の条件 / what exits 1",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="出力フォルダーがあれば置き換える / replace the output folder",
    )
    parser.add_argument(
        "--expect-empty", action="store_true", help="届書が0件でもよい / no record is fine"
    )
    parser.add_argument("--quiet", action="store_true", help="要約を表示しない / no summary")
    parser.add_argument(
        "--no-progress", action="store_true", help="進み具合を表示しない / no progress bar"
    )
