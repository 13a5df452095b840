"""Single parts: the law's examples, notation, and what cannot be judged (cases.tsv)."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from validator.fields.reading import part_tier
from validator.fields.reading.parts import part_tiers
from validator.fields.reading.store import shipped
from validator.fields.reading.tiers import PLAUSIBLE

with (Path(__file__).parent / "cases.tsv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream, delimiter="\t"))


def meets(tier: str, expected: str) -> bool:
    return tier in PLAUSIBLE if expected == "plausible" else tier == expected


@pytest.mark.parametrize("case", CASES, ids=[f"{c['kanji']}-{c['kana']}" for c in CASES])
def test_one_part(case: dict[str, str]) -> None:
    tier = part_tier(case["kanji"], case["kana"], surname=case["part"] == "surname")
    assert meets(tier, case["expected"]), (tier, case["why"])


def test_the_frame_says_the_same_as_single_questions() -> None:
    parts = pl.DataFrame(CASES).select(
        "kanji", "kana", "expected", surname=pl.col("part") == "surname"
    )
    tiers = part_tiers(parts, shipped())
    alone = [
        part_tier(k, r, surname=s) for k, r, s in parts.select("kanji", "kana", "surname").rows()
    ]
    assert tiers.to_list() == alone


def test_tiers_are_told_apart() -> None:
    found = {
        part_tier(kanji, kana, surname=surname)
        for kanji, kana, surname in (
            ("太郎", "タロウ", False), ("鶴瀬戸", "ツルセド", True), ("彩夢", "ユメ", False),
            ("健", "ケンサマ", False), ("A", "エー", False),
        )
    }  # fmt: skip
    assert found == {"dictionary", "lattice", "partial", "none", "not_applicable"}


def test_pykakasi_is_heard_when_nothing_else_fits() -> None:
    from validator.fields.reading import parts, voice
    from validator.fields.reading.store import make_knowledge

    empty = make_knowledge(
        pl.DataFrame(schema={"surname": pl.Boolean, "kanji": pl.String, "kana": pl.String}),
        pl.DataFrame(schema={"character": pl.String, "surname": pl.Boolean, "reading": pl.String}),
    )
    asked = pl.DataFrame(
        {"surname": [True, True], "kanji": ["五十嵐"] * 2, "kana": ["イガラシ", "ガラシ"]}
    )
    assert voice.says("五十嵐", "イガラシ")
    assert parts.part_tiers(asked, empty).to_list() == ["pykakasi", "none"]
