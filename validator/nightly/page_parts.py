"""Words and lines that the page of a night and the index of all nights share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from validator.nightly.status import Status
from validator.output.html.charts import Line, Point
from validator.output.html.page import both
from validator.resources import load_toml

if TYPE_CHECKING:
    from validator.ledger.store import Ledger

ALARM_WORDS: dict[str, tuple[str, str]] = {
    "input_missing": ("届書なし", "no input"),
    "sender_missing": ("未着の事業所", "sender missing"),
    "count_low": ("件数が少ない", "few records"),
    "count_high": ("件数が多い", "many records"),
    "quarantined": ("隔離", "quarantine"),
    "not_read": ("読めないファイル", "not read"),
    "registry": ("住民票データ", "registry"),
    "hold_due": ("期限の近い保留", "holds due"),
    "hold_overdue": ("期限を過ぎた保留", "holds overdue"),
    "unacknowledged": ("受領されていない", "not acknowledged"),
    "acknowledged_other": ("受領の食い違い", "other file acknowledged"),
    "drift": ("ふだんと違う割合", "unusual rate"),
    "interrupted": ("中断", "interrupted"),
    "silence": ("実行なし", "silence"),
    "fault": ("障害", "fault"),
}
EXIT_WORDS: dict[int, tuple[str, str]] = {
    0: ("すべて合格", "everything passes"),
    1: ("保留・返戻、または確認が必要なことあり", "something is held, returned or to be looked at"),
    3: ("届書が届いていない、使えない、または件数がふだんと大きく違う",
        "forms are missing, unusable, or of an unusual count"),
    4: ("住民票データが使えない(何も引き渡していません)",
        "the registry is unusable; nothing was handed over"),
    5: ("内部の障害、または途中で止まった夜", "an internal fault, or an interrupted night"),
    7: ("書き込みまたは引き渡しの障害", "something was not written or not taken"),
    8: ("件数が合わない(引き渡しを止めました)", "counts do not balance; handing over stopped"),
}  # fmt: skip
_LONGEST_LINE = 90


def statuses(ledger: Ledger, until: str) -> list[Status]:
    """Every night that ended, oldest first."""
    return [
        Status.model_validate_json(text)
        for (text,) in ledger.connection.execute(
            "SELECT status FROM nights WHERE status IS NOT NULL AND night <= ? ORDER BY night",
            (until,),
        )
    ]


def alarm_word(kind: str) -> Markup:
    """A few words for a kind of alarm."""
    return both(*ALARM_WORDS[kind])


def exit_word(code: int) -> Markup:
    """What an exit code of the job means."""
    return both(*EXIT_WORDS.get(code, ("障害", "a fault")))


def cause_word(cause: str | None) -> Markup:
    """A cause in both languages."""
    known = load_toml("codes/causes.toml")["causes"].get(cause or "")
    return both(known["ja"], known["en"]) if known else both("その他", "other")


def rate_line(nights: Sequence[Status], name: str) -> Line:
    """A rate by night in per cent, with its usual range; nights without records are gaps."""
    points = []
    for status in nights[-_LONGEST_LINE:]:
        rate = status.rates.get(name)
        out = any(a.kind == "drift" and a.subject == name for a in status.alarms)
        points.append(
            Point(
                label=status.night.isoformat(),
                value=_percent(rate.rate if rate else None),
                low=_percent(rate.low if rate else None),
                high=_percent(rate.high if rate else None),
                alarm=out,
                href=f"{status.night.isoformat()}.html",
            )
        )
    return Line(tuple(points), unit="%", decimals=1)


def records_line(nights: Sequence[Status]) -> Line:
    """Records by night."""
    return Line(
        tuple(
            Point(
                label=s.night.isoformat(),
                value=s.counts.records,
                alarm=any(a.kind in ("count_low", "count_high") for a in s.alarms),
                href=f"{s.night.isoformat()}.html",
            )
            for s in nights[-_LONGEST_LINE:]
        )
    )


def _percent(rate: float | None) -> float | None:
    return None if rate is None else 100 * rate
