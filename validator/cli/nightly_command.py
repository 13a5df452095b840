"""``validator nightly``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.options import add_clock, add_language

if TYPE_CHECKING:
    from validator.nightly.status import Status


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--config",
        type=Path,
        required=True,
        metavar="FILE",
        help="設定ファイル(TOML) / configuration",
    )
    parser.add_argument(
        "--state", type=Path, metavar="DIR", help="台帳のフォルダー(設定の state より優先) / ledger"
    )
    parser.add_argument(
        "--acknowledge",
        nargs="+",
        metavar="DELIVERY",
        help="引き渡しの受領を記録して終わる / note that deliveries were taken, and end",
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="何も処理せず、受領と前回の成功からの時間だけを確認する / only look whether all is well",
    )
    parser.add_argument(
        "--expect-empty",
        action="store_true",
        help="今夜は届書が届かなくてもよい / no new file is fine this time",
    )
    parser.add_argument(
        "--fail-on",
        choices=("hold", "return", "never"),
        default="hold",
        help="終了コード1の条件(警報は別) / what exits 1, alarms apart",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quiet", action="store_true", help="要約を表示しない / no summary")
    add_language(parser)
    add_clock(parser)


def run(args: argparse.Namespace) -> int:
    """Do the night, or one of the small things; the exit code is that of the gravest alarm."""
    from validator.checking import parse_day
    from validator.config import load_config
    from validator.nightly.notify import notify
    from validator.nightly.outbox import acknowledge
    from validator.nightly.places import places_of
    from validator.nightly.run import clock, open_job, run_night
    from validator.nightly.watch import watch

    config = load_config(args.config)
    if args.expect_empty:
        nobody = config.nightly.model_copy(update={"days": (), "expected": {}})
        config = config.model_copy(update={"nightly": nobody})
    places = places_of(config, args.state)
    moment = clock(parse_day(args.as_of, "--as-of") if args.as_of else None)
    with open_job(config, places, moment, args.lang, args.fail_on) as job:
        if args.acknowledge:
            for delivery in args.acknowledge:
                acknowledge(job, delivery)
            return 0
        status = watch(job) if args.watch else run_night(job)
    told = notify(config.nightly, status)
    _print(status, args, told=told)
    return status.exit_code


def _print(status: Status, args: argparse.Namespace, *, told: bool) -> None:
    ja = args.lang != "en"
    if args.format == "json":
        sys.stdout.write(status.model_dump_json(indent=2) + "\n")
    elif not args.quiet:
        counts, files = status.counts, status.files
        sys.stdout.write(
            f"{status.night} ファイル {files.processed}、件数 {counts.records:,}"
            f"(合格 {counts.passed:,}、保留 {counts.held:,}、返戻 {counts.returned:,})、"
            f"隔離 {files.quarantined}、既知 {files.repeated}、未了の保留 {status.holds.open_holds:,}\n"
            if ja
            else f"{status.night} files {files.processed}, records {counts.records:,}"
            f" (pass {counts.passed:,}, hold {counts.held:,}, return {counts.returned:,}),"
            f" quarantined {files.quarantined}, repeated {files.repeated},"
            f" open holds {status.holds.open_holds:,}\n"
        )
    for alarm in status.alarms:
        sys.stderr.write(f"validator: {alarm.ja if ja else alarm.en}\n")
    for name, reason in status.files.left.items():
        sys.stderr.write(
            f"validator: {name}: {reason}。次の夜に処理します。\n"
            if ja
            else f"validator: {name}: {reason}; left for the next night\n"
        )
    if not told:
        sys.stderr.write(
            "validator: 通知のコマンド(notify)が失敗しました。夜間処理は済んでいます。\n"
            if ja
            else "validator: the notify command failed; the night itself is done\n"
        )
