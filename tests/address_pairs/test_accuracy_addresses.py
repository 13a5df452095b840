"""The tool of the figures counts right, judges right, and never shows a held-back pair."""

from __future__ import annotations

import accuracy_addresses as tool
import polars as pl
import pytest

COLUMNS = ["submitted", "registry", "expected", "kind", "split", "level"]


def judged(*rows: tuple[str, ...]) -> pl.DataFrame:
    table = pl.DataFrame(list(rows), schema=COLUMNS, orient="row")
    return table.with_columns(
        steps=pl.lit(""),
        family=pl.lit("family"),
        ok=pl.col("expected") == pl.col("level"),
        must_merge=pl.col("expected") == "equivalent",
        must_not=pl.col("expected").is_in(tool.MUST_NOT),
        merged=pl.col("level").is_in(tool.FINE),
    )


def row(expected: str, level: str, split: str = "build", text: str = "x") -> tuple[str, ...]:
    return (text, text + "'", expected, "a kind", split, level)


RIGHT = [
    row(level, level, split)
    for split in ("build", "held_back")
    for level in ("equivalent", "similar", "different")
]


@pytest.fixture
def no_splits() -> pl.DataFrame:
    parts = [f"{p}{end}" for p in tool.PARTS for end in ("", "_found")]
    columns = ["address", "kind", "split", *parts]
    flags = [f"{p}_ok" for p in tool.PARTS] + ["whole"]
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String) | dict.fromkeys(flags, pl.Boolean))


def test_figures_count_each_label():
    found = tool.figures(
        judged(
            row("equivalent", "equivalent"),
            row("equivalent", "similar"),
            row("similar", "equivalent"),
            row("similar", "different"),
            row("different", "different"),
        )
    )
    assert found == {
        "pairs": 5,
        "equivalent": 2,
        "found": 1,
        "must_not": 3,
        "merged": 1,
        "lost": 1,
        "agree": 2,
    }


def test_bars_are_met_when_all_is_right():
    assert tool.bars_met(judged(*RIGHT))


@pytest.mark.parametrize("split", ["build", "held_back"])
def test_one_wrong_merge_in_either_split_misses_the_bars(split):
    many = RIGHT * 100
    assert tool.bars_met(judged(*many))
    assert not tool.bars_met(judged(*many, row("different", "equivalent", split)))


def test_a_lost_equivalent_in_two_hundred_is_allowed_and_two_are_not():
    many = [row("equivalent", "equivalent", split) for split in ("build", "held_back")] * 200
    assert tool.bars_met(judged(*many, row("equivalent", "similar")))
    assert not tool.bars_met(judged(*many, *[row("equivalent", "similar")] * 2))


def test_show_prints_no_pair_that_is_held_back(capsys, no_splits):
    table = judged(
        row("equivalent", "similar", "build", "seen"),
        row("equivalent", "similar", "held_back", "hidden"),
    )
    tool.show(table, no_splits, "a kind")
    printed = capsys.readouterr().out
    assert "seen" in printed
    assert "hidden" not in printed
    assert "1 missed in the build split, 1 held back (not shown)" in printed


def test_show_refuses_a_kind_that_does_not_exist(no_splits):
    with pytest.raises(SystemExit, match="no kind"):
        tool.show(judged(*RIGHT), no_splits, "another kind")


def test_the_page_counts_held_back_pairs_without_showing_them(no_splits):
    table = judged(*RIGHT, row("equivalent", "similar", "held_back", "hidden"))
    page = tool.report(table, no_splits)
    assert "hidden" not in page
    assert "| held back | 4 | 1 of 2 = 50.00 % | 0 of 2 | 0 | 75.00 % |" in page
