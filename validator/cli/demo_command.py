"""``validator demo``: a synthetic batch and registry, checked for real."""

from __future__ import annotations

import argparse
from pathlib import Path

from validator.cli.options import add_clock, add_language

_SEED = 20261123


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--rows", type=int, default=1000, metavar="N", help="届書の件数(既定 1000) / records"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("demo-out"),
        metavar="DIR",
        help="出力フォルダー(既定 demo-out)",
    )
    parser.add_argument("--seed", type=int, default=_SEED, help="乱数の種 / seed")
    parser.add_argument(
        "--overwrite", action="store_true", help="フォルダーがあれば置き換える / replace"
    )
    add_language(parser)
    add_clock(parser)


def run(args: argparse.Namespace) -> int:
    """Make the files, check them, say where the result is; exit 0 (the demo has faults on purpose)."""
    import sys

    from shikaku_world.batches import make_batch
    from shikaku_world.writers import write
    from validator.checking import Options, check_files, parse_day, today, write_outputs
    from validator.errors import UsageError
    from validator.output.staging import stage
    from validator.output.terminal import print_checked

    if args.rows < 1:
        raise UsageError("--rows は1以上にしてください。", "--rows must be 1 or more")
    as_of = parse_day(args.as_of, "--as-of") if args.as_of else today()
    with stage(args.out, args.overwrite, replaces="summary.json") as folder:
        world = make_batch(args.rows, args.seed, as_of, "demo")
        inputs = folder.path / "input"
        inputs.mkdir(mode=0o700)
        write(world.batch, inputs / "batch.csv", "csv", headers="ja")
        write(world.registry, inputs / "registry.csv", "csv")
        checked = check_files(
            [inputs / "batch.csv"],
            Options(registry=inputs / "registry.csv", as_of=as_of, lang=args.lang),
        )
        write_outputs(checked, folder.path)
    print_checked(checked, out=args.out, style="text", quiet=False)
    sys.stdout.write(
        f"検査した見本の届書と台帳: {args.out / 'input'}(すべて架空の人です)\n"
        if args.lang == "ja"
        else f"what was checked: {args.out / 'input'} (nobody is real)\n"
    )
    return 0
