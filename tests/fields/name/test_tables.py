"""Every shipped table of characters is what SOURCES.md says, and has the form it promises."""

from __future__ import annotations

import re
import unicodedata

import pytest

from .tables import DATA, FORMS, SIMPLIFIED, TRUST, forms_of_one_character, rows

VARIANT_HEADER = ("variant", "regular", "evidence")
HEADERS = {
    **dict.fromkeys((*FORMS, *SIMPLIFIED), VARIANT_HEADER),
    "mj/hints": ("character", "related", "evidence"),
    "mj/hentaigana": ("hentaigana", "hiragana"),
    "unicode/radicals": ("radical", "ideograph"),
    "unicode/pinyin": ("character", "reading"),
    "ids/components": ("character", "description"),
    "hand/apart": ("one", "other", "reason"),
    "hand/look_alikes": ("group", "why"),
    "hand/look_alike_kana": ("group", "why"),
}
EVIDENCE = {
    "law/old_forms": {"joyo_old_form", "jinmei_old_form"},
    "mj/variants": {"jis", "register", "notice", "popular", "miswritten"},
    "kanji_database/old_print": {"old_print"},
    "hand/variants": {"hand"},
    "unicode/simplified": {"unihan"},
    "immigration/simplified": {"immigration"},
    "mj/hints": {"another_character", "dictionary", "guess"},
}
OF_OTHER_SHAPE = {"ids/components", "unicode/pinyin", "hand/look_alikes", "hand/look_alike_kana"}
PAIRS = [name for name in HEADERS if name not in OF_OTHER_SHAPE]
BUILT = [name for name in HEADERS if not name.startswith("hand/")]


def tables_named() -> dict[str, int]:
    """Rows that SOURCES.md gives for each table."""
    named: dict[str, int] = {}
    folder = ""
    for line in (DATA / "SOURCES.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        found = re.fullmatch(r"`(\w+)/`", cells[0]) if cells else None
        folder = found[1] if found else folder
        if found:
            files = re.findall(r"`(\w+)\.tsv`", cells[1])
            # A comma stands between two counts if it is followed by a space, else in one.
            counts = [int(count.replace(",", "")) for count in cells[2].split(", ")]
            named |= {f"{folder}/{name}": n for name, n in zip(files, counts, strict=True)}
    return named


def is_kanji(character: str) -> bool:
    # Characters newer than this Python's Unicode tables have no name there.
    newest = 0x20000 <= ord(character) <= 0x3FFFF
    return newest or unicodedata.name(character, "").startswith("CJK") or character in "々〆〇"


def test_these_are_all_tables() -> None:
    shipped = {str(path.relative_to(DATA).with_suffix("")) for path in DATA.rglob("*.tsv")}
    assert shipped == set(HEADERS)


@pytest.mark.parametrize("table", HEADERS)
def test_columns(table: str) -> None:
    assert rows(table)[0] == HEADERS[table]
    assert {len(row) for row in rows(table)} == {len(HEADERS[table])}
    assert all(cell and cell == cell.strip() for row in rows(table) for cell in row)
    assert len(set(rows(table))) == len(rows(table))


@pytest.mark.parametrize("table", BUILT)
def test_built_tables_are_sorted(table: str) -> None:
    assert list(rows(table)[1:]) == sorted(rows(table)[1:])


@pytest.mark.parametrize("table", PAIRS)
def test_pairs_are_two_single_characters(table: str) -> None:
    wrong = [row for row in rows(table)[1:] if (len(row[0]), len(row[1])) != (1, 1)]
    assert wrong == []
    assert [row for row in rows(table)[1:] if row[0] == row[1]] == []


@pytest.mark.parametrize("table", EVIDENCE)
def test_evidence_is_of_a_known_kind(table: str) -> None:
    assert {row[2] for row in rows(table)[1:]} == EVIDENCE[table]


def test_every_kind_that_joins_has_a_rank_of_trust() -> None:
    assert {row[2] for table in FORMS for row in rows(table)[1:]} == set(TRUST)


@pytest.mark.parametrize("table", [*FORMS, *SIMPLIFIED, "hand/apart", "mj/hints"])
def test_only_kanji_are_forms_of_kanji(table: str) -> None:
    assert {c for row in rows(table)[1:] for c in row[:2] if not is_kanji(c)} == set()


@pytest.mark.parametrize("table", SIMPLIFIED)
def test_a_simplified_form_has_one_regular_form(table: str) -> None:
    variants = [row[0] for row in rows(table)[1:]]
    assert len(set(variants)) == len(variants)
    others = {row[0] for other in SIMPLIFIED if other != table for row in rows(other)[1:]}
    assert others.isdisjoint(variants)


def test_hentaigana_stand_for_hiragana() -> None:
    for letter, sound in rows("mj/hentaigana")[1:]:
        assert 0x1B001 <= ord(letter) <= 0x1B122
        assert unicodedata.name(sound).startswith("HIRAGANA LETTER")


def test_radicals_stand_for_ideographs() -> None:
    for radical, ideograph in rows("unicode/radicals")[1:]:
        assert "RADICAL" in unicodedata.name(radical) or "STROKE" in unicodedata.name(radical)
        assert unicodedata.name(ideograph, "CJK UNIFIED").startswith("CJK UNIFIED")


def test_readings_are_capital_letters() -> None:
    assert all(
        re.fullmatch("[A-Z]+( [A-Z]+)*", reading) for _, reading in rows("unicode/pinyin")[1:]
    )


def test_look_alikes_are_groups_of_different_characters() -> None:
    for table in ("hand/look_alikes", "hand/look_alike_kana"):
        for group, _ in rows(table)[1:]:
            assert len(set(group)) == len(group) >= 2


def test_pairs_kept_apart_are_joined_by_nothing() -> None:
    pairs = [row[:2] for row in rows("hand/apart")[1:]]
    assert len(pairs) > 5
    assert [pair for pair in pairs if forms_of_one_character(*pair)] == []


def test_what_the_register_calls_another_character_joins_nothing_by_itself() -> None:
    others = {frozenset(row[:2]) for row in rows("mj/hints")[1:] if row[2] == "another_character"}
    named_elsewhere = {
        frozenset(row[:2]) for table in (*FORMS, *SIMPLIFIED) for row in rows(table)[1:]
    }
    forms = {c: {f for p in named_elsewhere if c in p for f in p} for pair in others for c in pair}
    alone = [pair for pair in others if not set.intersection(*(forms[c] | {c} for c in pair))]
    assert alone
    assert [pair for pair in alone if forms_of_one_character(*pair)] == []


def test_row_counts_of_sources() -> None:
    named = tables_named()
    assert len(named) >= 10
    assert {name: len(rows(name)) - 1 for name in named} == named


def test_sources_name_every_table() -> None:
    assert set(HEADERS) - set(tables_named()) == set()
