"""The first screen: the sentence, the three numbers, and what to look at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from validator.output.html.charts import Bars, Row, Segment, Stack
from validator.output.html.page import both, worded
from validator.output.html.places import file_word, office_word
from validator.output.words import VERDICTS, code_word
from validator.rules.model import Text

if TYPE_CHECKING:
    from validator.checking import Checked

FAULTS_SHOWN = 20
_ANOTHER = 0.5
_STALE_DAYS = 7
_FAULTS_NAMED = 3


@dataclass(frozen=True)
class Attention:
    """One thing to look at before anything else; ``kind`` colours it, ``href`` leads there."""

    kind: str
    text: Text
    href: str


@dataclass(frozen=True)
class Overview:
    """Counts by verdict, drawn and in words."""

    records: int
    passed: int
    held: int
    returned: int
    verdicts: Stack
    classes: Bars
    attention: tuple[Attention, ...]
    compared: bool


def overview(checked: Checked, flagged: pl.DataFrame, late: int, today: int) -> Overview:
    """The first screen; ``late`` and ``today`` count flagged records by their due date."""
    counts = checked.summary.counts
    by_verdict = counts.by_verdict
    titles = {row.id: row.title for row in checked.settings.policy.classes}
    return Overview(
        records=counts.records,
        passed=by_verdict["pass"],
        held=by_verdict["hold"],
        returned=by_verdict["return"],
        verdicts=Stack(
            tuple(
                Segment(worded(word), by_verdict[verdict], verdict)
                for verdict, word in VERDICTS.items()
            )
        ),
        classes=Bars(
            tuple(
                Row(both(f"{cls} {title.ja}", f"{cls} {title.en}"), n, fill="hold")
                for cls, title in titles.items()
                if (n := counts.by_class.get(cls))
            )
        ),
        attention=tuple(_attention(checked, flagged, late, today)),
        compared=checked.registry is not None,
    )


def _attention(checked: Checked, flagged: pl.DataFrame, late: int, today: int) -> list[Attention]:
    found = []
    broken = len(checked.judged.not_evaluated)
    if broken:
        text = Text(
            f"{broken}個の規則を実行できませんでした。すべての件を保留しています。開発者に連絡してください。",
            f"{broken} rules could not be run: all records are held. Tell the developers.",
        )
        found.append(Attention("return", text, "#open"))
    faults = sender_faults(checked)
    for fault in faults[:_FAULTS_NAMED]:
        where = Text(
            f"{fault.file}{' 事業所 ' + fault.office.ja if fault.office else ''}",
            f"{fault.file}{', sender ' + fault.office.en if fault.office else ''}",
        )
        text = Text(
            f"全体に及ぶ誤り: {fault.fault.ja}({where.ja}、{fault.of:,}件中 {fault.records:,}件)。"
            "1件ずつ直さず、送り手に作り直しを頼みます。",
            f"Fault of a whole sender: {fault.fault.en} ({where.en}, {fault.records:,} of"
            f" {fault.of:,} records): ask for the file to be made again.",
        )
        found.append(Attention("return", text, "#senders"))
    rest = len(checked.summary.systematic) - _FAULTS_NAMED
    if rest > 0:
        text = Text(
            f"全体に及ぶ誤りがほかに {rest:,}種類あります。",
            f"There are {rest:,} more faults of whole senders.",
        )
        found.append(Attention("return", text, "#senders"))
    if late:
        text = Text(
            f"期限を過ぎたものが {late:,}件あります。", f"{late:,} are past their due date."
        )
        found.append(Attention("return", text, "#queue"))
    if today:
        text = Text(f"今日が期限のものが {today:,}件あります。", f"{today:,} are due today.")
        found.append(Attention("hold", text, "#queue"))
    another = flagged.filter(pl.col("same_person") < _ANOTHER).height
    if another:
        text = Text(
            f"別の人の番号が書かれた疑いが {another:,}件あります。"
            "最優先で確認します(作業順の先頭)。",
            f"{another:,} probably carry another person's number: first in the queue.",
        )
        found.append(Attention("hold", text, "#queue"))
    age = checked.registry.age_days(checked.settings.as_of) if checked.registry else None
    if age is not None and age > _STALE_DAYS:
        text = Text(
            f"照合した台帳は {age:,}日前のものです。その間の異動は反映されていません。",
            f"The registry is {age:,} days old: later changes are not in it.",
        )
        found.append(Attention("hold", text, "#provenance"))
    return found


@dataclass(frozen=True)
class SenderFault:
    """A fault of a whole file, or of one employer in it."""

    fault: Text
    file: str
    office: Text | None
    records: int
    of: int


def sender_faults(checked: Checked) -> list[SenderFault]:
    """The first faults of senders, each said once."""
    return [
        SenderFault(
            code_word("evidence", "details", fault.fault),
            file_word(fault.file),
            None if fault.office_code is None else office_word(fault.office_code),
            fault.records,
            fault.of,
        )
        for fault in checked.summary.systematic[:FAULTS_SHOWN]
    ]
