"""What a person sees on the terminal: a summary at a glance, or findings line by line.

Nothing personal is shown: no submitted value, no suggestion. stdout carries the result,
stderr the progress.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from validator.checking import Checked
from validator.output.machine import render_machine
from validator.output.tables import masked
from validator.pipeline import no_progress
from validator.privacy.visible import visible
from validator.resources import load_toml

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_VERDICTS = {
    "pass": ("合格", "pass", "green"),
    "hold": ("保留", "hold", "yellow"),
    "return": ("返戻", "return", "red"),
}
_PROGRESS_FROM = 100_000
_FAULTS_SHOWN = 5


@contextmanager
def progress_bar(*, enabled: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, on a terminal only, for long runs."""
    if not enabled or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("照合", visible=False)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total >= _PROGRESS_FROM)

        yield advance


def print_checked(checked: Checked, *, out: Path | None, style: str, quiet: bool) -> None:
    """Print the result of a check in ``style``."""
    if style != "text":
        sys.stdout.write(render_machine(checked, style))
        return
    if out is None:
        _print_findings(checked)
    if not quiet:
        _print_summary(checked, out)


def _print_findings(checked: Checked) -> None:
    lines = []
    for row in masked(checked.findings()).iter_rows(named=True):
        hint = f"\n    → {row['hint']}" if row["severity"] != "info" else ""
        field = f" {row['field']}" if row["field"] else ""
        place = f"{visible(row['source_file'])}:{row['line']}"
        lines.append(f"{place}: {row['code']} {row['severity']}{field}: {row['message']}{hint}\n")
    sys.stdout.write("".join(lines))


def _print_summary(checked: Checked, out: Path | None) -> None:
    from rich.console import Console

    render_summary(Console(highlight=False, emoji=False, markup=False), checked, out)


def render_summary(console: Console, checked: Checked, out: Path | None) -> None:
    """The summary that a clerk understands at a glance, on any rich console."""
    from rich.text import Text

    ja = checked.settings.lang == "ja"
    console.print(Text(_verdict_sentence(checked, ja=ja), style="bold"))
    if checked.registry is None:
        console.print(
            Text(
                "住民票との照合なし(形式の検査だけを行いました)"
                if ja
                else "住民票との照合なし: not compared with a registry (form checks only)",
                style="yellow",
            )
        )
    else:
        console.print(Text(_registry_line(checked, ja=ja), style="dim"))
    if checked.judged.not_evaluated:
        codes = ", ".join(checked.judged.not_evaluated)
        console.print(
            Text(
                f"評価できなかった規則: {codes}"
                if ja
                else f"rules that could not be evaluated: {codes}",
                style="red",
            )
        )
    console.print(_table(checked, ja=ja))
    _print_causes(console, checked, ja=ja)
    _print_systematic(console, checked, ja=ja)
    if out is not None:
        console.print(
            Text(f"結果: {visible(str(out))}" if ja else f"written to {visible(str(out))}")
        )


def _table(checked: Checked, *, ja: bool) -> Table:
    """Verdicts, and the classes of what is held below them."""
    from rich.table import Table
    from rich.text import Text

    counts = checked.summary.counts
    titles = {row.id: row.title for row in checked.settings.policy.classes}
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for verdict, (word_ja, word_en, colour) in _VERDICTS.items():
        word = Text(word_ja if ja else word_en, style=f"bold {colour}")
        table.add_row(word, Text(f"{counts.by_verdict[verdict]:,}", style="bold"), "")
        if verdict == "hold":
            for cls in (c for c in titles if c in counts.by_class):
                n = counts.by_class[cls]
                title = titles[cls].ja if ja else titles[cls].en
                table.add_row("", f"{n:,}", f"{'区分' if ja else 'class '}{cls} {title}")
    return table


def _verdict_sentence(checked: Checked, *, ja: bool) -> str:
    counts = checked.summary.counts
    held, returned = counts.by_verdict["hold"], counts.by_verdict["return"]
    if ja:
        if held == returned == 0:
            return f"{counts.records:,}件すべて合格です。"
        return f"{counts.records:,}件のうち、{held:,}件を保留、{returned:,}件を返戻としました。"
    if held == returned == 0:
        return f"All {counts.records:,} records pass."
    return (
        f"Of {counts.records:,} records, {held:,} are held"
        f" and {returned:,} go back to the employer."
    )


def _registry_line(checked: Checked, *, ja: bool) -> str:
    info = checked.registry
    if info is None:
        return ""
    age = info.age_days(checked.settings.as_of)
    if ja:
        return f"台帳 {info.rows:,}人、" + (
            f"基準日 {info.as_of}({age}日前)" if age is not None else "基準日は不明"
        )
    return f"registry: {info.rows:,} rows, " + (
        f"as of {info.as_of} ({age} days old)" if age is not None else "age unknown"
    )


def _print_systematic(console: Console, checked: Checked, *, ja: bool) -> None:
    """Faults of a whole file or employer, a line each."""
    words = load_toml("codes/evidence.toml")["details"]
    faults = checked.summary.systematic
    for fault in faults[:_FAULTS_SHOWN]:
        where = visible(fault.file)
        if fault.office_code is not None:
            where += (" 事業所 " if ja else " office ") + visible(fault.office_code)
        word = words[fault.fault]["ja" if ja else "en"]
        head = "全体の誤り: " if ja else "fault of the whole: "
        count = f"{fault.records:,}/{fault.of:,}" + ("件" if ja else " records")
        console.print(f"{head}{word} ({where}, {count})", style="yellow", markup=False)
    if len(faults) > _FAULTS_SHOWN:
        more = len(faults) - _FAULTS_SHOWN
        console.print(f"ほか{more}件" if ja else f"and {more} more", markup=False)


def _print_causes(console: Console, checked: Checked, *, ja: bool) -> None:
    if not checked.summary.counts.by_cause:
        return
    words = load_toml("codes/causes.toml")["causes"]
    most = sorted(checked.summary.counts.by_cause.items(), key=lambda item: (-item[1], item[0]))
    shown = ("、" if ja else ", ").join(
        f"{words[c]['ja']}{n:,}件" if ja else f"{words[c]['en']} ({n:,})" for c, n in most[:6]
    )
    more = f" …({len(most)}種のうち上位6種)" if ja else f" … (6 of {len(most)} causes)"
    console.print(
        ("主な原因: " if ja else "main causes: ") + shown + (more if len(most) > 6 else "")
    )
