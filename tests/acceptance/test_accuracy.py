"""A small accuracy report: every labelled record is decided as its label says."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from accuracy import judge, totals
from clean_record import AS_OF

from shikaku_world.batches import make_batch


def test_two_thousand_labelled_records(tmp_path: Path) -> None:
    judged = judge(make_batch(2000, 1, AS_OF, "accuracy"), tmp_path)
    wrong = judged.filter(~(pl.col("verdict_ok") & pl.col("class_ok") & pl.col("cause_ok")))
    assert (
        wrong.select(
            "kinds", "verdict", "hold_class", "cause", "got_verdict", "got_class", "got_cause"
        ).rows()
        == []
    )
    figures = totals(judged)
    assert figures["records"] == 2000
    assert figures["combined"] > 200
    assert judged["verdict"].unique().sort().to_list() == ["hold", "pass", "return"]
