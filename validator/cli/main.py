"""Entry point: arguments, exit codes, and the promise that no traceback is ever shown."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn, TextIO

from validator import __version__
from validator.cli.usage import usage_words
from validator.errors import ExitCode, UsageError, ValidatorError

# name → (module, Japanese help, English help)
COMMANDS = {
    "check": (
        "check",
        "届書の一括を検査し、合格・保留・返戻に分ける",
        "check a batch: pass, hold, return",
    ),
    "demo": ("demo", "見本の届書と台帳を作って検査する", "make a synthetic batch and check it"),
    "registry": ("registry", "住民票の台帳を作る・調べる", "build or inspect the registry"),
    "compare": (
        "compare",
        "2つの値を比べる(氏名・カナ・住所・生年月日)",
        "compare two values or a file of pairs",
    ),
    "parse": ("parse", "住所を部分に分ける", "split addresses into their parts"),
    "resolve": (
        "resolve",
        "担当者の記入した作業一覧を台帳に取り込む",
        "read the decisions of a work list back into the ledger",
    ),
    "letters": (
        "letters",
        "検査結果から、事業所・本人への文書を作り直す(PDF も)",
        "the letters of a result once more, as PDF too",
    ),
    "template": ("template", "届書の入力シート(Excel)を作る", "make an input sheet for a form"),
    "fix": (
        "fix",
        "表記だけを安全に直す(全角、区切り、和暦など)",
        "safe notation fixes with an audit trail",
    ),
    "guard": (
        "guard",
        "平文の個人番号がないか調べる(git のフックにも)",
        "refuse plaintext My Numbers",
    ),
    "completion": (
        "completion",
        "シェルの補完スクリプトを出す(bash, zsh, fish)",
        "print a completion script",
    ),
    "config": ("config", "設定を調べる", "look at the configuration"),
    "rules": ("rules", "規則の一覧", "list all rules"),
    "explain": ("explain", "1つの規則の説明", "explain one rule"),
    "nightly": (
        "nightly",
        "受信フォルダーの届書を1回ずつ処理し、夜間の報告を作る",
        "process an inbox, each file once, and report the night",
    ),
    "trend": (
        "trend",
        "夜間処理の推移(週・夜・事業所・原因ごと)",
        "history over nights: by week, night, sender, cause",
    ),
    "diff": (
        "diff",
        "2つの検査結果の違い(新しい保留、解けた保留)",
        "newly held and newly released between two results",
    ),
    "explain-record": ("explain_record", "1件の判定の根拠", "the evidence behind one decision"),
}


class _Parser(argparse.ArgumentParser):
    """argparse whose errors are one line in the language asked for and repeat no value."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(*usage_words(message))


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = _Parser(
        prog="validator",
        description="健康保険の届書を、登録の前に検査します。 Checks health-insurance forms before they are sent on.",
    )
    parser.add_argument("--version", action="version", version=f"validator {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, (module, ja, en) in COMMANDS.items():
        sub = commands.add_parser(name, help=f"{ja} / {en}", description=f"{ja}。 {en}.")
        import_module(f"validator.cli.{module}_command").configure(sub)
        _accept_everywhere(sub)
    return parser


def _accept_everywhere(parser: argparse.ArgumentParser) -> None:
    """``--quiet`` and ``--no-progress`` may stand with every command, also where they change nothing."""
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for action in below:
        for sub in action.choices.values():
            _accept_everywhere(sub)
    known = parser._option_string_actions
    for option in () if below else ("--quiet", "--no-progress"):
        if option not in known:
            parser.add_argument(option, action="store_true", help=argparse.SUPPRESS)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    os.umask(0o077)
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = _language(arguments)
    try:
        parser = build_parser()
        args = parser.parse_args(arguments)
        if args.command is None:
            return _fail(
                _say(
                    lang,
                    "コマンドを指定してください(例: validator check 届書.csv)。"
                    "一覧は validator --help にあります。",
                    "name a command (such as: validator check batch.csv); --help lists them",
                ),
                ExitCode.USAGE,
            )
        run: Callable[[argparse.Namespace], int] = import_module(
            f"validator.cli.{COMMANDS[args.command][0]}_command"
        ).run
        code = int(run(args))
    except ValidatorError as problem:
        return _fail(problem.render("en" if lang == "en" else "ja"), problem.exit_code)
    except OSError as problem:
        if not _is_stream_fault(problem):
            return _fail(_internal(problem, lang), ExitCode.INTERNAL)
        _silence(sys.stdout)
        return _fail(
            _say(
                lang,
                "画面(標準出力)に書き込めません。出力先を確認してください。",
                "stdout cannot be written: check where it goes",
            ),
            ExitCode.OUTPUT,
        )
    except KeyboardInterrupt:
        return _fail(
            _say(lang, "中断しました。出力は残していません。", "interrupted; no output was left"),
            ExitCode.INTERNAL,
        )
    except MemoryError:
        return _fail(
            _say(
                lang,
                "メモリが足りません。ファイルを分けて実行してください。",
                "out of memory: split the file",
            ),
            ExitCode.INTERNAL,
        )
    except Exception as problem:  # noqa: BLE001 (the last net: nothing personal may be shown)
        return _fail(_internal(problem, lang), ExitCode.INTERNAL)
    return _flushed(code, lang)


_STREAM_FAULTS = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF)


def _is_stream_fault(problem: OSError) -> bool:
    """A fault without a file name that comes from writing: stdout is full, closed or gone."""
    return problem.filename is None and problem.errno in _STREAM_FAULTS


def _flushed(code: int, lang: str) -> int:
    """``code``, once what was printed has left; results in files are complete by then."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone (head, less): not a fault, and nothing to tell.
        _silence(sys.stdout)
    except OSError:
        _silence(sys.stdout)
        return _fail(
            _say(
                lang,
                "画面(標準出力)に書き込めません。出力先を確認してください。",
                "stdout cannot be written: check where it goes",
            ),
            ExitCode.OUTPUT,
        )
    return code


def _silence(stream: TextIO) -> None:
    """Send what is left in a broken stream's buffer nowhere, so that leaving Python is quiet."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _ensure_streams() -> None:
    """Open /dev/null where a standard stream is closed.

    A file that we open would get the free descriptor, and what is printed would land in it.
    """
    for descriptor, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.dup2(os.open(os.devnull, mode), descriptor)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def _internal(problem: BaseException, lang: str) -> str:
    """Class and place of a fault; never its text, which may carry a submitted value."""
    place = "?"
    trace = problem.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if str(module).startswith("validator"):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    kind = type(problem).__name__
    return _say(
        lang,
        f"内部エラーです({kind}、{place})。出力は残していません。この行を開発者に伝えてください。",
        f"internal error ({kind} at {place}); no output was left. Report this line",
    )


def _say(lang: str, ja: str, en: str) -> str:
    return en if lang == "en" else ja


def _language(arguments: Sequence[str]) -> str:
    for position, argument in enumerate(arguments):
        if argument == "--lang=en" or (
            argument == "--lang" and arguments[position + 1 : position + 2] == ["en"]
        ):
            return "en"
    return "ja"


def _fail(message: str, code: ExitCode) -> int:
    from validator.privacy.visible import visible

    with contextlib.suppress(OSError):
        sys.stderr.write(f"validator: {visible(message)}\n")
    return int(code)


def run() -> NoReturn:
    """Console script."""
    # Text by the million and hardly a cycle: looking for cycles often is a thirtieth of a run.
    gc.set_threshold(100_000, 50, 50)
    _ensure_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    raise SystemExit(main())
