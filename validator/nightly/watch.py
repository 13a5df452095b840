"""Between two nights: was the last one finished, was everything taken? Nothing is processed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from validator.errors import InternalError
from validator.nightly.assess import assess
from validator.nightly.job import Job
from validator.nightly.outbox import read_acknowledgements
from validator.nightly.status import Status

# A night a day, and two hours for the night itself.
LONGEST_SILENCE = timedelta(hours=26)


def watch(job: Job) -> Status:
    """The last night as it looks now; silence since then is an alarm (5)."""
    last = job.ledger.connection.execute(
        "SELECT night, run_at FROM nights WHERE exit_code IS NOT NULL ORDER BY night DESC LIMIT 1"
    ).fetchone()
    wrong = read_acknowledgements(job)
    looked_at = replace(job, of_night=date.fromisoformat(last[0]) if last else None)
    if last is None or datetime.fromisoformat(last[1]) + LONGEST_SILENCE < job.moment:
        hours = int(LONGEST_SILENCE.total_seconds()) // 3600
        looked_at.fault(
            InternalError(
                f"夜間処理が{hours}時間以上、最後まで実行されていません。"
                "タイマー(systemd または cron)を確認してください。",
                f"no night was finished for more than {hours} hours: look at the timer (systemd or"
                " cron)",
            ),
            "silence",
        )
    return assess(looked_at, waiting=0, wrong=wrong)
