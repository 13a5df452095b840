"""Measuring, and what is said of the figures."""

from __future__ import annotations

import resource
import sys
from dataclasses import replace

import polars as pl
import pytest

from benchmarks import floor, makeup
from benchmarks.measure import ChildFailedError, Measured, measure, run_once
from benchmarks.report import BEGIN, END, GIB, Figures, bars, render, write_page


def took(seconds: float, peak: int = GIB) -> Measured:
    return Measured(seconds, seconds, peak, 1, seconds, seconds)


@pytest.fixture
def figures() -> Figures:
    return Figures(
        checks={1: took(1), 100: took(1.2), 100_000: took(3), 1_000_000: took(21)},
        floor=took(5),
        baseline=took(150),
        help=took(0.1),
        make_up={
            "records": 1_000_000, "registry": 1_000_000, "disagreements": 0, "by_class": {"0": 3},
            "counts": {"equal_as_written": 600_000, "notation_compared": 340_000, "notation_elsewhere": 40_000,
                       "held": 10_000, "returned": 10_000},
            "distinct": {"sex": 2}, "equivalent": {"sex": 7},
        },
    )  # fmt: skip


def test_the_peak_is_the_childs():
    # More than this process holds: below that, the peak of a child is its parent's.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    size = max(400_000_000, own + 100_000_000)
    used = run_once([sys.executable, "-c", f"block = b'x' * {size}"])
    assert size < used.peak < size + 100_000_000


def test_processor_time_is_not_waiting_time():
    used = run_once([sys.executable, "-c", "import select; select.select([], [], [], 0.5)"])
    assert used.wall > 0.5 > used.cpu


def test_a_failing_process_is_no_measurement():
    with pytest.raises(ChildFailedError, match="ended with 4"):
        run_once([sys.executable, "-c", "raise SystemExit(4)"], expected=(0, 1))


def test_every_run_starts_from_a_clean_place(tmp_path):
    made = tmp_path / "made"
    once = f"import pathlib; pathlib.Path({str(made)!r}).mkdir()"
    measured = measure(
        [sys.executable, "-c", once], runs=3, before=lambda: made.rmdir() if made.exists() else None
    )
    assert measured.runs == 3
    assert measured.fastest <= measured.wall <= measured.slowest


def test_good_figures_keep_every_bar(figures):
    assert all(bar.kept for bar in bars(figures))
    assert "missed" not in render(figures, judged=True)


def test_start_up_is_no_cost_of_a_record(figures):
    assert figures.growth == pytest.approx((20 / 1_000_000) / (2 / 100_000))


@pytest.mark.parametrize(
    ("worse", "of"),
    [
        (lambda f: {"baseline": took(104)}, "baseline"),
        (lambda f: {"floor": took(3.4)}, "floor"),
        (lambda f: {"checks": {**f.checks, 1_000_000: took(21, 5 * GIB)}}, "GiB"),
        (lambda f: {"checks": {**f.checks, 100: took(1.6)}}, "100 records"),
        (lambda f: {"help": took(0.3)}, "--help"),
        (lambda f: {"checks": {**f.checks, 100_000: took(2.6)}}, "tenth"),
        (lambda f: {"make_up": {**f.make_up, "disagreements": 1}}, "verdict"),
    ],
)
def test_each_bar_can_be_missed(figures, worse, of):
    missed = [bar.promise for bar in bars(replace(figures, **worse(figures))) if not bar.kept]
    assert len(missed) == 1
    assert of in missed[0]


def test_the_page_keeps_its_text_around_the_figures(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_page("new", page)
    write_page("newest", page)
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnewest\n{END}\nafter\n"


def test_a_page_without_a_place_for_figures_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("text", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        write_page("new", page)


@pytest.fixture
def two_programs(tmp_path):
    """Records of a check and of the baseline, equal."""
    ours = pl.DataFrame(
        {"line": [2, 3, 4], "verdict": ["pass", "hold", "return"], "hold_class": [None, "N", None]}
    )
    ours.write_parquet(tmp_path / "ours.parquet")
    ours.write_csv(tmp_path / "theirs.csv")
    return tmp_path, ours


def test_disagreements_are_counted(two_programs):
    folder, ours = two_programs
    assert makeup.disagreements(folder / "ours.parquet", folder / "theirs.csv") == 0
    ours.with_columns(hold_class=pl.Series([None, "3", None])).head(2).write_csv(
        folder / "theirs.csv"
    )
    assert makeup.disagreements(folder / "ours.parquet", folder / "theirs.csv") == 2


def test_the_floor_hands_every_line_over(tmp_path):
    body = "24681357902"
    total = (
        sum(int(d) * w for d, w in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    )
    check = 0 if total <= 1 else 11 - total
    good, bad = f"{body}{check}", f"{body}{(check + 1) % 10}"
    person = {
        "name_kanji": "見本　花",
        "name_kana": "ミホン　ハナ",
        "address": "見本町1番",
        "birth_date": "2000-01-02",
        "sex": "2",
    }
    rows = [
        {"my_number": good, **person, "name_kana": "ﾐﾎﾝ　ﾊﾅ"},
        {"my_number": good, **person, "sex": "1"},
        {"my_number": bad, **person},
        {"my_number": "", **person},
    ]
    pl.DataFrame(rows).write_csv(tmp_path / "batch.csv")
    folded = {
        "f_kanji": person["name_kanji"],
        "f_kana": person["name_kana"],
        "f_address": person["address"],
    }
    folded = {name: text.replace("　", " ") for name, text in folded.items()}
    pl.DataFrame([{"number": int(good), **person, **folded}]).write_parquet(
        tmp_path / "registry.parquet"
    )
    floor.run(tmp_path / "batch.csv", tmp_path / "registry.parquet", tmp_path / "out")
    handed_over = {
        name: pl.read_csv(tmp_path / "out" / f"{name}.csv").height
        for name in ("accepted", "held", "returned")
    }
    assert handed_over == {"accepted": 1, "held": 1, "returned": 2}
    assert pl.read_parquet(tmp_path / "out" / "records.parquet").height == 4
