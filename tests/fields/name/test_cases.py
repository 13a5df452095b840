"""Names and their explanations, one line of cases.tsv each, with the sentence that asks for it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from validator.resources import load_toml

from .asking import Answer, Names, ask

NAMES = Path(__file__).with_name("cases.tsv")
KANA = Path(__file__).parents[1] / "kana" / "cases.tsv"
# Codes of addresses, dates and sex: their own tests have cases for them.
OF_OTHER_ITEMS = {
    "CALENDAR", "CODE", "NUMERAL", "HYPHEN", "PLACE_KANA", "NUMBER_WORD", "ROOM_WORD", "PREFECTURE",
    "BUILDING_ONE_SIDE", "NUMBER_KIND_DIFFERS", "BUILDING_DIFFERS", "BLOCK_DIFFERS", "PLACE_DIFFERS",
    "COUNTY", "CITY", "WARD", "OLD_MUNICIPALITY", "OLD_TOWN", "TOWN_WORD", "BLOCK_WORD", "STREET",
    "PLACE_KANA_OMITTED", "PLACE_CHARACTER", "OAZA_MARK_OMITTED", "POSTAL_CODE", "REMARK",
    "ROOM_IN_BLOCK", "BUILDING_NAME", "CHOME_DIFFERS", "CHOME_MISSING", "NUMBER_MISSING", "NUMBERS_RUN_TOGETHER",
    "LETTER_DIFFERS", "LETTER_MISSING", "KOAZA_DIFFERS", "KOAZA_MISSING", "OAZA_MARK",
    "TOWN_MISSING", "MUNICIPALITY_MISSING", "WARD_AMBIGUOUS", "PREFECTURE_DIFFERS",
    "LETTER_MARK", "KOAZA_OMITTED", "NUMBER_NOTATION",
    "ADDRESS_TOO_LONG", "STREET_MISSING", "STREET_DIFFERS", "MUNICIPALITY_DIFFERS", "TOWN_DIFFERS",
}  # fmt: skip
# How a single character differs is always said beside which part of the name it stands in.
NATURES = {"LOOK_ALIKE", "HOMOPHONE", "RELATED", "ONE_CHARACTER", "KANA_SCRIPT"}


TOO_LONG = "TOO_LONG"  # no line of a table: see below


class Case(NamedTuple):
    """One line of cases.tsv."""

    kept: str
    names: Names
    expected: Answer
    sentence: str


def table(path: Path) -> list[dict[str, str]]:
    """The lines of a table; \\u{…} stands for a character that an editor would not show."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    shown = [re.sub(r"\\u\{([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), line) for line in lines]
    header, *rest = [line.split("\t") for line in shown]
    return [dict(zip(header, cells, strict=True)) for cells in rest]


@cache
def cases() -> list[Case]:
    columns = ("s_kanji", "s_kana", "r_kanji", "r_kana", "alias_kanji", "alias_kana", "former_kanji", "former_kana")  # fmt: skip
    return [
        Case(
            row["kept"],
            Names(*(row[column] or None for column in columns)),
            Answer(*(row[column] for column in Answer._fields)),
            row["sentence"],
        )
        for row in table(NAMES)
    ]


@cache
def answers() -> dict[Case, Answer]:
    """All cases of one configuration asked at once."""
    found: dict[Case, Answer] = {}
    for kept in {case.kept for case in cases()}:
        some = [case for case in cases() if case.kept == kept]
        asked = ask((case.names for case in some), glyph_exceptions=kept)
        found |= dict(zip(some, asked, strict=True))
    return found


@pytest.mark.parametrize(
    "case", cases(), ids=lambda c: f"{c.expected.steps_kanji}-{c.names.s_kanji}"
)
def test_case(case: Case) -> None:
    assert case.sentence
    assert answers()[case] == case.expected


@pytest.mark.parametrize("case", cases()[::9], ids=lambda c: f"{c.names.s_kanji}")
def test_other_pairs_beside_it_change_nothing(case: Case) -> None:
    assert ask([case.names], glyph_exceptions=case.kept) == [answers()[case]]


def codes_with_a_case() -> set[str]:
    """Codes that some case yields exactly, and natures that stand beside one part."""
    steps = [s for case in cases() for s in case.expected[3:]]
    steps += [row["steps"] for row in table(KANA)]
    exact = {s for s in steps if "+" not in s}
    return exact | {s.split("+")[1] for s in steps if s.count("+") == 1} & NATURES


def codes_without_a_case() -> set[str]:
    codes = set(load_toml("codes/steps.toml")["steps"])
    return codes - OF_OTHER_ITEMS - codes_with_a_case() - {TOO_LONG}


def test_every_code_of_a_name_has_a_case() -> None:
    assert codes_without_a_case() == set()


def test_cases_name_known_codes_only() -> None:
    codes = set(load_toml("codes/steps.toml")["steps"])
    assert codes >= OF_OTHER_ITEMS
    assert codes_with_a_case() - {""} <= codes
    assert len(cases()) > 80


LONG_TEXT = "本" * 300


def test_what_is_too_long_for_a_name_is_not_explained() -> None:
    for name in (Names(LONG_TEXT, None, "見本", None), Names("見本", None, LONG_TEXT, None)):
        assert ask([name]) == [Answer("different", "different", "blank", TOO_LONG, "")]
    spaced = Names(f"本 {LONG_TEXT}", "ア", f"本{LONG_TEXT}", "ア")
    assert ask([spaced]) == [Answer("equivalent", "equivalent", "same", "SPACE", "")]


def test_equal_kanji_and_a_kana_that_is_too_long() -> None:
    """Contract 5: kanji fine and kana differs is similar."""
    assert ask([Names("見本", "ア" * 300, "見本", "ミホン")])[0].level == "similar"


def test_an_alias_that_is_too_long_changes_nothing() -> None:
    name = Names("見本　太郎様", "ア", "見本　太郎", "ア")
    assert ask([name._replace(r_alias_kanji=LONG_TEXT)]) == ask([name])
