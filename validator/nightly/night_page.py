"""The page of one night: what happened, how it compares, what waits. No value of a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from markupsafe import Markup

from validator.errors import ExitCode
from validator.nightly import figures, trends
from validator.nightly.holds import holds
from validator.nightly.inbox import REASONS, told
from validator.nightly.page_parts import (
    alarm_word,
    cause_word,
    exit_word,
    rate_line,
    statuses,
)
from validator.output.html.charts import Bars, Line, Point, Row, Segment, Stack, heat
from validator.output.html.page import both, render_page

if TYPE_CHECKING:
    from validator.nightly.job import Job
    from validator.nightly.status import Status

MOST_DUE, MOST_OFFICES, MOST_FILES, MOST_WEEKS, MOST_CAUSES = 100, 30, 200, 26, 15
CAUSE_WEEKS = 8
_WEEKDAYS = (("月", "Mon"), ("火", "Tue"), ("水", "Wed"), ("木", "Thu"), ("金", "Fri"),
             ("土", "Sat"), ("日", "Sun"))  # fmt: skip
_AGES = ((0, 1), (2, 3), (4, 5), (6, 10), (11, None))
_OUTCOMES = {
    "processed": ("処理", "processed", "pass"),
    "repeated": ("既知(処理済みの内容)", "known already", "info"),
    "quarantined": ("隔離", "quarantined", "return"),
    "left": ("次の夜へ", "left", "hold"),
}
_SECTIONS = (
    ("summary", "要約", "Summary"),
    ("trend", "割合", "Rates"),
    ("causes", "原因", "Causes"),
    ("offices", "事業所", "Offices"),
    ("holds", "未了の保留", "Open holds"),
    ("files", "ファイル", "Files"),
    ("provenance", "根拠", "Provenance"),
)


def night_page(job: Job, status: Status) -> str:
    """The page, made of the ledger and the status."""
    nights = statuses(job.ledger, job.night.isoformat())
    open_ones = figures.at_end_of(holds(job.ledger), job.night)
    weeks = trends.by_week(job.ledger, job.night).tail(MOST_WEEKS)
    counts = status.counts
    day = _WEEKDAYS[job.night.weekday()]
    earlier = [s.night for s in nights if s.night < job.night and _has_page(job, s.night)]
    return render_page(
        "night.html.jinja",
        lang=job.options.lang,
        night=job.night.isoformat(),
        weekday=both(f"({day[0]})", f"({day[1]})"),
        before=earlier[-1].isoformat() if earlier else None,
        sections=[(anchor, both(ja, en)) for anchor, ja, en in _SECTIONS],
        status=status,
        verdict=_verdict(status),
        alarms=_alarms(status),
        records=counts.records,
        verdicts=[
            (name, both(ja, en), count)
            for (name, ja, en), count in zip(
                _VERDICTS, (counts.passed, counts.held, counts.returned), strict=True
            )
        ],
        exit_word=exit_word(status.exit_code),
        hold_line=rate_line(nights, "hold"),
        return_line=rate_line(nights, "return"),
        legend=[_segment(name, ja, en, 0) for name, ja, en in _VERDICTS],
        week_stacks=[(_week(row), _stack(row)) for row in weeks.iter_rows(named=True)],
        weeks=[
            {
                **row,
                "week": _week(row),
                "top_cause": row["top_cause"] and cause_word(row["top_cause"]),
            }
            for row in weeks.iter_rows(named=True)
        ],
        **_causes(job),
        offices=_offices(job),
        ended=_ended(status),
        ages=_ages(open_ones),
        due=_due(open_ones, job),
        days_line=_days(weeks),
        files=_files(job),
    )


_VERDICTS = (("pass", "合格", "pass"), ("hold", "保留", "hold"), ("return", "返戻", "return"))


def _has_page(job: Job, night: date) -> bool:
    return (job.places.reports / f"{night.isoformat()}.html").exists()


def _alarms(status: Status) -> list[dict[str, Any]]:
    """One entry a kind of alarm, with all its texts."""
    kinds: dict[str, dict[str, Any]] = {}
    for alarm in status.alarms:
        entry = kinds.setdefault(
            alarm.kind,
            {
                "tone": "hold" if alarm.exit_code <= ExitCode.FLAGGED else "return",
                "word": alarm_word(alarm.kind),
                "texts": [],
            },
        )
        entry["texts"].append(both(alarm.ja, alarm.en))
    return list(kinds.values())


def _verdict(status: Status) -> Markup:
    counts, alarms = status.counts, len({alarm.kind for alarm in status.alarms})
    ja = (
        f"{status.files.processed:,}ファイル、{counts.records:,}件のうち、"
        f"保留{counts.held:,}件、返戻{counts.returned:,}件。"
    )
    en = (
        f"{status.files.processed:,} files, {counts.records:,} records: {counts.held:,} held,"
        f" {counts.returned:,} returned."
    )
    if status.registry is None:
        ja = f"住民票データが使えないため、{status.files.waiting:,}ファイルを処理せずに残しました。"
        en = f"Without a usable registry {status.files.waiting:,} files were left as they are."
    if alarms:
        ja += f"確認が必要なことが{alarms}件あります。"
        en += f" {alarms} thing{'s' if alarms > 1 else ''} to look at."
    else:
        ja += "ほかに確認が必要なことはありません。"
        en += " Nothing else to look at."
    return both(ja, en)


def _segment(name: str, ja: str, en: str, value: int) -> Segment:
    return Segment(both(ja, en), value, name)


def _stack(row: dict[str, Any]) -> Stack:
    values = (row["passed"], row["held"], row["returned"])
    return Stack(
        tuple(_segment(*verdict, value) for verdict, value in zip(_VERDICTS, values, strict=True))
    )


def _week(row: dict[str, Any]) -> str:
    return str(row["week"].isoformat())


def _causes(job: Job) -> dict[str, Any]:
    causes = figures.by_cause(job.ledger, job.night)
    tonight = (
        causes.filter(pl.col("night") == job.night)
        .group_by("cause")
        .agg(pl.col("records").sum())
        .sort(-pl.col("records"), "cause")
    )
    bars = Bars(
        tuple(Row(cause_word(cause), count) for cause, count in tonight.iter_rows()),
        of=int(tonight["records"].sum()),
    )
    monday = job.night - timedelta(days=job.night.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(CAUSE_WEEKS))]
    known = causes["night"].to_list()
    weeks = [week for week in weeks if known and week + timedelta(days=6) >= min(known)]
    recent = (
        causes.with_columns(figures.week_of())
        .filter(pl.col("week").is_in(weeks))
        .group_by("cause", "week")
        .agg(pl.col("records").sum())
    )
    table: dict[str, dict[Any, int]] = {}
    for cause, week, count in recent.iter_rows():
        table.setdefault(cause, {})[week] = count
    most = max(recent["records"].to_list(), default=0)
    order = sorted(table, key=lambda cause: (-sum(table[cause].values()), cause))[:MOST_CAUSES]
    rows = [
        {
            "word": cause_word(cause),
            "cells": [(n, heat(n, most)) for n in (table[cause].get(week, 0) for week in weeks)],
        }
        for cause in order
    ]
    return {
        "cause_bars": bars,
        "cause_weeks": {"weeks": [week.strftime("%m-%d") for week in weeks], "rows": rows},
    }


def _offices(job: Job) -> dict[str, Any]:
    senders = figures.by_sender(job.ledger, job.night)
    monday = job.night - timedelta(days=job.night.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(CAUSE_WEEKS))]
    recent = senders.filter(pl.col("night") > job.night - timedelta(weeks=4))
    flagged = pl.col("held") + pl.col("returned")
    order = (
        recent.group_by("sender")
        .agg(recent=pl.col("records").sum(), flagged=flagged.sum())
        .sort(-pl.col("flagged"), -pl.col("recent"), "sender")
    )
    shown = order.head(MOST_OFFICES)
    of_night = senders.filter(pl.col("night") == job.night)
    tonight = {row["sender"]: row for row in of_night.iter_rows(named=True)}
    by_week: dict[str, dict[Any, float]] = {}
    for sender, week, records, faulty in (
        senders.join(shown.select("sender"), on="sender", how="semi")
        .with_columns(figures.week_of())
        .group_by("sender", "week")
        .agg(pl.col("records").sum(), flagged.sum().alias("flagged"))
        .iter_rows()
    ):
        by_week.setdefault(sender, {})[week] = 100 * faulty / records if records else 0.0
    rows = []
    for office in shown.iter_rows(named=True):
        now = tonight.get(office["sender"], {"records": 0, "held": 0, "returned": 0})
        points = tuple(
            Point(week.isoformat(), by_week[office["sender"]].get(week)) for week in weeks
        )
        rows.append(
            {
                **{name: now[name] for name in ("records", "held", "returned")},
                "name": told(office["sender"]) or both("(記載なし)", "(none)"),
                "recent": office["recent"],
                "flagged": office["flagged"],
                "line": Line(points, unit="%", decimals=1),
            }
        )
    return {"rows": rows, "total": order.height}


def _ended(status: Status) -> Markup:
    h = status.holds
    return both(
        f"訂正の届書で{h.answered:,}件、住民票データの更新で{h.released:,}件、"
        f"職員の判断で{h.resolved:,}件、新しい届書への引き継ぎ{h.superseded:,}件",
        f"{h.answered:,} by a corrected form, {h.released:,} by a renewed registry,"
        f" {h.resolved:,} by a clerk; {h.superseded:,} went over to a newer form",
    )


def _ages(open_ones: pl.DataFrame) -> Bars:
    days = open_ones.filter(verdict="hold")["age_days"]
    rows = []
    for low, high in _AGES:
        count = int(((days >= low) & (days <= (high if high is not None else days.max()))).sum()) if len(days) else 0  # noqa: E501  # fmt: skip
        word = both(f"{low}〜{high}日", f"{low} to {high}") if high is not None else both(f"{low}日以上", f"{low} and more")  # noqa: E501  # fmt: skip
        rows.append(Row(word, count, fill="hold"))
    return Bars(tuple(rows), of=len(days))


def _due(open_ones: pl.DataFrame, job: Job) -> dict[str, Any]:
    near = open_ones.filter(
        (pl.col("verdict") == "hold")
        & (pl.col("days_left") <= max(job.config.nightly.due_within_days, 1))
    ).sort("days_left", "hold")
    rows = []
    for row in near.head(MOST_DUE).iter_rows(named=True):
        left = row["days_left"]
        late = left < 0
        rows.append(
            {
                **row,
                "cause": cause_word(row["cause"]),
                "tone": "late" if late else "soon",
                "word": both(f"{-left}日超過", f"{-left} days late")
                if late
                else both(f"残り{left}日", f"{left} days left"),
            }
        )
    return {"rows": rows, "total": near.height}


def _days(weeks: pl.DataFrame) -> Line:
    known = [
        Point(week.isoformat(), days)
        for week, days in weeks.select("week", "median_days").iter_rows()
    ]
    if not any(point.value is not None for point in known):
        known = []
    return Line(tuple(known), decimals=1)


def _files(job: Job) -> dict[str, Any]:
    found = job.ledger.connection.execute(
        "SELECT name, outcome, delivery, target, reason_ja, reason_en, lines, taken_lines"
        " FROM night_files LEFT JOIN night_deliveries USING (delivery)"
        " WHERE night_files.night = ? ORDER BY id",
        (job.night.isoformat(),),
    ).fetchall()
    rows = []
    for name, outcome, delivery, target, ja, en, lines, taken_lines in found:
        word_ja, word_en, tone = _OUTCOMES[outcome]
        rows.append(
            {
                "name": told(name),
                "word": both(word_ja, word_en),
                "tone": tone,
                "lines": lines,
                "taken": taken_lines if outcome == "processed" else None,
                "where": delivery or (target and f"quarantine/{told(target)}"),
                "reason": both(ja, en) if ja else None,
            }
        )
    for left in job.left:
        word_ja, word_en, tone = _OUTCOMES["left"]
        rows.append(
            {
                "name": left.name,
                "word": both(word_ja, word_en),
                "tone": tone,
                "lines": None,
                "taken": None,
                "where": None,
                "reason": both(*REASONS[left.reason]),
            }
        )
    return {"rows": rows[:MOST_FILES], "total": len(rows)}
