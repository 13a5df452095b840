"""``index.html``: all nights, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.nightly.page_parts import alarm_word, rate_line, records_line, statuses
from validator.output.html.page import both, render_page

if TYPE_CHECKING:
    from validator.nightly.job import Job

TONES = {"ok": "pass", "flagged": "hold", "alarm": "return"}
WORDS = {
    "ok": ("合格", "all pass"),
    "flagged": ("保留・返戻あり", "flagged"),
    "alarm": ("要確認", "alarm"),
}


def index_page(job: Job) -> str:
    """The page over every night that the ledger knows."""
    nights = statuses(job.ledger, "9999-12-31")
    return render_page(
        "nights.html.jinja",
        lang=job.options.lang,
        total=len(nights),
        first=nights[0].night,
        last=nights[-1].night,
        records_line=records_line(nights),
        hold_line=rate_line(nights, "hold"),
        return_line=rate_line(nights, "return"),
        rows=[
            {
                "night": status.night,
                "there": (job.places.reports / f"{status.night}.html").exists(),
                "tone": TONES[status.status],
                "word": both(*WORDS[status.status]),
                "files": status.files.processed,
                "records": status.counts.records,
                "held": status.counts.held,
                "returned": status.counts.returned,
                "open": status.holds.open_holds,
                "alarms": [alarm_word(k) for k in dict.fromkeys(a.kind for a in status.alarms)],
            }
            for status in reversed(nights)
        ],
    )
