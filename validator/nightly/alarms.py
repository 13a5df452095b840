"""When somebody has to look: what is missing, too old, too many, too late, or unusual.

Exit codes, the gravest first: 8 counts do not balance, 5 internal fault or interrupted night,
7 something was not written, moved or acknowledged, 4 registry, 3 input missing, unusable or of an
unusual count, 1 a hold near or past its limit, or a rate out of its usual range.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from validator.config import EVERY_DAY
from validator.errors import ExitCode
from validator.nightly import figures
from validator.nightly.band import Band, band
from validator.nightly.inbox import REASONS, told
from validator.nightly.status import Alarm, AlarmKind
from validator.resources import load_toml

if TYPE_CHECKING:
    from validator.config import NightlyConfig
    from validator.nightly.job import Job

GRAVEST_FIRST = (
    ExitCode.BALANCE, ExitCode.PLAINTEXT, ExitCode.INTERNAL, ExitCode.OUTPUT, ExitCode.REGISTRY,
    ExitCode.INPUT, ExitCode.USAGE, ExitCode.BUSY, ExitCode.FLAGGED, ExitCode.DONE,
)  # fmt: skip
# Fewer records of one cause tell nothing, however rare it was.
_LEAST_OF_A_CAUSE = 5
# Two small nights may well differ by half.
_LEAST_USUAL_RECORDS = 10


def gravest(codes: list[int]) -> int:
    """The exit code of a night with all these."""
    return int(min((ExitCode(c) for c in codes), key=GRAVEST_FIRST.index, default=ExitCode.DONE))


def _alarm(
    kind: AlarmKind,
    code: ExitCode,
    ja: str,
    en: str,
    *,
    subject: str | None = None,
    value: float | None = None,
    limit: float | None = None,
) -> Alarm:
    return Alarm(
        kind=kind, exit_code=int(code), subject=subject, value=value, limit=limit, ja=ja, en=en
    )


def of_faults(job: Job) -> Iterator[Alarm]:
    """What went wrong in this run."""
    if job.refusal is not None:
        yield _alarm("registry", job.refusal.exit_code, job.refusal.ja, job.refusal.en)
    for kind, fault in job.faults:
        yield _alarm(kind, fault.exit_code, fault.ja, fault.en, subject=fault.file)
    for left in job.left:
        if left.reason in ("unreadable", "not_a_file"):
            ja, en = REASONS[left.reason]
            yield _alarm(
                "not_read",
                ExitCode.INPUT,
                f"受信フォルダーの {left.name} を読めません: {ja}。",
                f"{left.name} in the inbox cannot be read: {en}",
                subject=left.name,
            )


def of_input(job: Job, nights: pl.DataFrame, senders: pl.DataFrame) -> Iterator[Alarm]:
    """Missing files and senders, quarantine, unusual counts."""
    config, night = job.config.nightly, job.night
    today = EVERY_DAY[night.weekday()]
    for name, target, ja, en in job.ledger.connection.execute(
        "SELECT name, target, reason_ja, reason_en FROM night_files"
        " WHERE night = ? AND outcome = 'quarantined' ORDER BY id",
        (night.isoformat(),),
    ):
        shown = told(name)
        yield _alarm(
            "quarantined",
            ExitCode.INPUT,
            f"{shown} は処理できず、quarantine/{told(target)} へ移しました: {ja}",
            f"{shown} is unusable and went to quarantine/{told(target)}: {en}",
            subject=shown,
        )
    if job.refusal is not None or job.stopped:
        return
    tonight = nights.filter(pl.col("night") == night)
    if tonight.is_empty() and today in config.days:
        yield _alarm(
            "input_missing",
            ExitCode.INPUT,
            "新しい届書のファイルが1つも届いていません。提出元と、受信フォルダーへの経路を確認してください。",
            "no new file arrived: check the senders and the way into the inbox",
        )
    came = set(senders.filter(pl.col("night") == night)["sender"])
    for sender, days in sorted(config.expected.items()):
        if today in days and sender not in came:
            yield _alarm(
                "sender_missing",
                ExitCode.INPUT,
                f"事業所 {told(sender)} の届書が届いていません。事業所に確認してください。",
                f"nothing arrived from office {told(sender)}: ask the employer",
                subject=told(sender),
            )
    if not tonight.is_empty():
        yield from _unusual_count(config, nights, tonight["records"][0], job)


def _unusual_count(
    config: NightlyConfig, nights: pl.DataFrame, records: int, job: Job
) -> Iterator[Alarm]:
    found = figures.usual_records(nights, job.night)
    if found is None:
        return
    fewest, most = found
    kind: AlarmKind
    for kind, usual, percent, sign, ja, en in (
        ("count_low", fewest, config.low_percent, -1, "少なく", "fewer"),
        ("count_high", most, config.high_percent, 1, "多く", "more"),
    ):
        limit = usual * percent / 100
        if usual >= _LEAST_USUAL_RECORDS and sign * records > sign * limit:
            yield _alarm(
                kind,
                ExitCode.INPUT,
                f"届いた件数({records:,}件)がふだん(約{usual:,.0f}件)より極端に{ja}なっています。"
                "もれや二重の提出がないか、提出元に確認してください。",
                f"{records:,} records arrived, far {en} than usual (about {usual:,.0f}):"
                " ask the senders whether something is missing or was sent twice",
                value=records,
                limit=round(limit, 1),
            )


def bands_of(job: Job, nights: pl.DataFrame, causes: pl.DataFrame) -> dict[str, Band | None]:
    """The usual range of tonight's rates: ``hold``, ``return`` and ``cause:…`` of tonight."""
    tonight = nights.filter(pl.col("night") == job.night)
    records = int(tonight["records"].sum())
    wanted = {
        "hold": nights.select("night", faulty="held"),
        "return": nights.select("night", faulty="returned"),
    }
    of_cause = causes.group_by("night", "cause").agg(faulty=pl.col("records").sum())
    often = of_cause.filter(
        (pl.col("night") == job.night) & (pl.col("faulty") >= _LEAST_OF_A_CAUSE)
    )
    for cause in sorted(often["cause"].drop_nulls().to_list()):
        if cause:
            wanted[f"cause:{cause}"] = of_cause.filter(cause=cause).select("night", "faulty")
    settings, unusual = job.config.nightly.band, _unusual_nights(job)
    return {
        name: band(
            figures.faulty_before(
                counts, nights, job.night, settings.nights, unusual.get(name, set())
            ),
            records,
            least_nights=settings.least_nights,
            false_alarm=settings.false_alarm,
        )
        for name, counts in wanted.items()
    }


def _unusual_nights(job: Job) -> dict[str, set[date]]:
    """Rate → nights on which it was out of its range."""
    found: dict[str, set[date]] = {}
    for night, text in job.ledger.connection.execute(
        "SELECT night, status FROM nights WHERE status LIKE '%\"drift\"%' AND night < ?",
        (job.night.isoformat(),),
    ):
        for alarm in json.loads(text)["alarms"]:
            if alarm["kind"] == "drift":
                found.setdefault(alarm["subject"], set()).add(date.fromisoformat(night))
    return found


def rates_of(job: Job, nights: pl.DataFrame, causes: pl.DataFrame) -> dict[str, float]:
    """Tonight's rates under the names of `bands_of`."""
    tonight = nights.filter(pl.col("night") == job.night)
    if tonight.is_empty() or not (records := int(tonight["records"][0])):
        return {}
    rates = {"hold": tonight["held"][0] / records, "return": tonight["returned"][0] / records}
    for cause, count in (
        causes.filter(pl.col("night") == job.night)
        .group_by("cause")
        .agg(pl.col("records").sum())
        .iter_rows()
    ):
        rates[f"cause:{cause}"] = count / records
    return rates


def of_drift(rates: dict[str, float], bands: dict[str, Band | None]) -> Iterator[Alarm]:
    """Rates outside their usual range; a cause only where it is more frequent."""
    words = {"hold": ("保留", "held"), "return": ("返戻", "returned")}
    causes = load_toml("codes/causes.toml")["causes"]
    for name, usual in bands.items():
        rate = rates.get(name)
        if usual is None or rate is None or usual.holds(rate):
            continue
        if name.startswith("cause:"):
            if rate < usual.usual:
                continue
            cause = name.removeprefix("cause:")
            ja, en = f"原因「{causes[cause]['ja']}」", f"cause '{causes[cause]['en']}'"
        else:
            ja, en = words[name]
        yield _alarm(
            "drift",
            ExitCode.FLAGGED,
            f"{ja}の割合 {rate:.1%} が、ふだんの範囲({usual.low:.1%}〜{usual.high:.1%})を"
            "外れています。"
            "届書の作り方や住民票データに変わったことがないか確認してください。",
            f"the rate of {en} ({rate:.1%}) is out of its usual range ({usual.low:.1%} to"
            f" {usual.high:.1%}): look for a change at the senders or in the registry",
            subject=name,
            value=round(rate, 6),
            limit=round(usual.high if rate > usual.high else usual.low, 6),
        )


def of_holds(waiting: pl.DataFrame, due_within_days: int) -> Iterator[Alarm]:
    """Holds near or past the day by which they should be registered."""
    held = waiting.filter(verdict="hold")
    overdue = held.filter(pl.col("days_left") < 0).height
    due = held.filter(pl.col("days_left").is_between(0, due_within_days)).height
    if overdue:
        yield _alarm(
            "hold_overdue",
            ExitCode.FLAGGED,
            f"登録の期限(受付から5日)を過ぎた保留が{overdue:,}件あります。",
            f"{overdue:,} holds are past their limit (5 days from reception)",
            value=overdue,
        )
    if due:
        yield _alarm(
            "hold_due",
            ExitCode.FLAGGED,
            f"登録の期限まで{due_within_days}日以内の保留が{due:,}件あります。",
            f"{due:,} holds reach their limit within {due_within_days} day(s)",
            value=due,
            limit=due_within_days,
        )


def of_outbox(late: list[str], wrong: list[str], hours: int | None) -> Iterator[Alarm]:
    """Deliveries that were not taken, or of which something else was taken."""
    for delivery in late:
        yield _alarm(
            "unacknowledged",
            ExitCode.OUTPUT,
            f"引き渡し {delivery} の受領が{hours}時間たっても確認できません。"
            "受け取る側を確認してください。",
            f"delivery {delivery} was not acknowledged within {hours} hours: look at the receiver",
            subject=delivery,
            limit=hours,
        )
    for delivery in wrong:
        yield _alarm(
            "acknowledged_other",
            ExitCode.OUTPUT,
            f"引き渡し {delivery} の受領確認にあるハッシュが、渡したファイルと違います。"
            "受け取る側で取り直してください。",
            f"the acknowledgement of delivery {delivery} names another hash than that of its file:"
            " have the receiver take it again",
            subject=delivery,
        )
