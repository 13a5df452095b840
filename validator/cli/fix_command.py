"""``validator fix BATCH --out FILE``, and ``--in-place`` for the hook."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.options import add_language

if TYPE_CHECKING:
    from validator.config import Config
    from validator.fix import Fixed
    from validator.forms.load import Forms


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "batch", nargs="+", metavar="BATCH", help="届書のファイル(どの形式でも) / a batch file"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="直したファイル。FILE.audit.csv に直した箇所の記録を書きます / the fixed file, with FILE.audit.csv beside it",
    )
    parser.add_argument(
        "--in-place",
        action="store_true",
        help="ファイルそのものを直す(フック用。直したら終了コード1) / change the files themselves, exit 1 if any changed",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="ファイルがあれば置き換える / replace the file"
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="設定ファイル(TOML)。[headers] と [forms] が効きます。--in-place では validator.toml も",
    )
    parser.add_argument("--quiet", action="store_true", help="要約を表示しない / no summary")
    add_language(parser)


def run(args: argparse.Namespace) -> int:
    """Fix; 0, or with --in-place 1 where a file was changed."""
    from validator.errors import UsageError

    if args.in_place == (args.out is not None) or (args.out is not None and len(args.batch) != 1):
        raise UsageError(
            "直したファイルの置き場所を --out FILE で指定してください(ファイルは1つ)。"
            "ファイルそのものを直すなら --in-place です。",
            "name one file and where the fixed one goes (--out FILE), or change files --in-place",
        )
    return _in_place(args) if args.in_place else _to_file(args)


def _to_file(args: argparse.Namespace) -> int:
    from validator.batch.opening import read_submitted
    from validator.config import load_config
    from validator.fix import fix_bytes
    from validator.forms.load import declared_forms
    from validator.output.csv_file import refuse_target, write_bytes_whole, write_whole
    from validator.output.tables import for_spreadsheets

    source, audit = Path(args.batch[0]), args.out.with_name(f"{args.out.name}.audit.csv")
    config = load_config(args.config)
    for target in (args.out, audit):
        refuse_target(source, target, option="BATCH", overwrite=args.overwrite)
    fixed = fix_bytes(read_submitted(source), declared_forms(config.forms.folder), config.headers)
    write_whole(for_spreadsheets(fixed.audit()), audit)
    write_bytes_whole(fixed.data, args.out)
    if not args.quiet:
        sys.stdout.write(_summary(fixed, args.lang))
    return 0


def _summary(fixed: Fixed, lang: str) -> str:
    rules = Counter(rule.value for change in fixed.changes for rule in change.rules)
    told = ", ".join(f"{rule} {count:,}" for rule, count in sorted(rules.items()))
    places = len(fixed.changes)
    if lang == "en":
        return f"{places:,} places fixed" + (f": {told}\n" if told else "\n")
    return f"{places:,}か所の表記を直しました" + (f": {told}\n" if told else "。\n")


def _in_place(args: argparse.Namespace) -> int:
    from validator.config import load_config, parse_config
    from validator.forms.load import declared_forms
    from validator.privacy.guard.allow import Allowed
    from validator.privacy.guard.files import all_below, own_name
    from validator.privacy.guard.places import CONFIG_NAME, config_beside

    text = config_beside() if args.config is None else None
    config: Config = parse_config(text, CONFIG_NAME) if text else load_config(args.config)
    allowed = Allowed(config.guard.allow)
    forms = declared_forms(config.forms.folder)
    changed = False
    for path in all_below(args.batch):
        if not allowed.patterns or own_name(path) in allowed:
            changed |= _fix_file(Path(path), forms, config, args.lang)
    return int(changed)


def _fix_file(path: Path, forms: Forms, config: Config, lang: str) -> bool:
    """Fix one file where it is; says place and rule of each change, never a value."""
    from validator.batch.opening import read_submitted
    from validator.errors import UsageError
    from validator.fix import fix_bytes
    from validator.output.csv_file import write_bytes_whole
    from validator.privacy.guard.names import shown_name

    if path.is_symlink():
        raise UsageError(
            "リンクは直せません。リンク先のファイルを指定してください。",
            "a link is not changed: name the file it leads to",
            file=shown_name(path.name),
        )
    fixed = fix_bytes(read_submitted(path), forms, config.headers)
    if not fixed.changes:
        return False
    mode = path.stat().st_mode & 0o777
    write_bytes_whole(fixed.data, path)
    path.chmod(mode)
    word = "fixed" if lang == "en" else "直しました"
    for change in fixed.changes:
        sys.stdout.write(
            f"{shown_name(path.as_posix())}:{change.line}: {change.column}: {word} ({'+'.join(change.rules)})\n"
        )
    return True
