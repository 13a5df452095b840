"""What the comparison says, in the words that the likelihood weighs."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from validator.hold.evidence import ITEMS, add_evidence
from validator.resources import load_toml

D = date
AGREED = {
    **{f"level_{item}": "same" for item in ("name_kanji", "name_kana", "birth_date", "sex", "address")},
    **{f"steps_{item}": "" for item in ("name_kanji", "name_kana", "birth_date", "sex", "address")},
    "form": "shikaku_shutoku", "slip": None, "birth": D(1985, 4, 1), "birth_hint": None,
    "r_n_birth": D(1985, 4, 1), "acquired": D(2026, 11, 18), "received": D(2026, 11, 20),
    "name_kanji": "見本　太郎", "r_name_kanji": "見本　太郎", "address": "東京都江東区豊洲一丁目2番27号",
    "r_address": "東京都江東区豊洲一丁目2番27号", "r_previous_address": None, "repair_status": "not_searched",
}  # fmt: skip
SCHEMA = {
    **dict.fromkeys(AGREED, pl.String),
    **dict.fromkeys(("birth", "birth_hint", "r_n_birth", "acquired", "received"), pl.Date),
}


def words(**changes: object) -> dict[str, str]:
    frame = pl.DataFrame([{**AGREED, **changes}], schema=SCHEMA)
    row = add_evidence(frame).row(0, named=True)
    return {item: row[f"e_{item}"] for item in ITEMS}


def test_all_agrees() -> None:
    assert words() == {
        "name": "agree", "birth_date": "agree", "sex": "agree", "address": "agree",
        "registry": "missing",
    }  # fmt: skip


F, G, N = "FAMILY_NAME_DIFFERS", "GIVEN_NAME_DIFFERS", "NAME_DIFFERS"


@pytest.mark.parametrize(
    ("kanji", "kana", "word"),
    [
        (("equivalent", "WIDTH"), ("equivalent", "SMALL"), "agree"),
        (("undecidable", "GAIJI"), ("same", ""), "agree"),
        (("blank", ""), ("same", ""), "agree"),
        (("blank", ""), ("blank", ""), "missing"),
        (("not_checked", ""), ("not_checked", ""), "missing"),
        # One script.
        (("similar", f"{G}+LOOK_ALIKE"), ("same", ""), "kanji_slip"),
        (("similar", f"{G}+HOMOPHONE"), ("same", ""), "kanji_slip"),
        (("similar", f"{G}"), ("same", ""), "kanji_part"),
        (("same", ""), ("similar", "VOICING"), "kana_slip"),
        (("same", ""), ("similar", "TYPO"), "kana_slip"),
        (("same", ""), ("similar", "OTHER_READING"), "kana_slip"),
        (("same", ""), ("similar", G), "kana_part"),
        (("same", ""), ("different", "READING_DIFFERS"), "kana_part"),
        # A marriage: the family name in both, or a registered former name.
        (("similar", F), ("similar", F), "family_differs"),
        (("similar", F), ("similar", "TYPO"), "family_differs"),
        (("similar", "FORMER_NAME"), ("similar", "FORMER_NAME"), "former"),
        (("similar", "FORMER_NAME"), ("same", ""), "former"),
        # A twin, a sibling, parent and child: the given name, whichever script says it.
        (("different", G), ("different", G), "given_differs"),
        (("similar", f"{G}+ONE_CHARACTER"), ("similar", "TYPO"), "given_differs"),
        (("different", G), ("different", "READING_DIFFERS"), "given_differs"),
        (("similar", f"{F}+LOOK_ALIKE"), ("different", G), "different"),
        # Written otherwise: the same name, or nothing to read; never beside another name.
        (("similar", "SWAPPED_PARTS"), ("similar", "SWAPPED_PARTS"), "spelled"),
        (("similar", "HONORIFIC"), ("same", ""), "spelled"),
        (("similar", "NULL_WORD"), ("same", ""), "spelled"),
        (("different", f"HONORIFIC+{N}"), ("different", "READING_DIFFERS"), "different"),
        (("similar", "NULL_WORD"), ("different", "READING_DIFFERS"), "different"),
        (("similar", "NULL_WORD"), ("similar", "VOICING"), "both_slip"),
        (("similar", "LOOK_ALIKE"), ("similar", "VOICING"), "both_slip"),
        # Two whole names that share a like character or a sound.
        (("different", f"{N}+LOOK_ALIKE"), ("similar", "TYPO"), "different"),
        (("different", f"{N}+HOMOPHONE"), ("similar", F), "different"),
        (("different", N), ("different", "READING_DIFFERS"), "different"),
    ],
)
def test_names(kanji: tuple[str, str], kana: tuple[str, str], word: str) -> None:
    said = words(
        level_name_kanji=kanji[0], steps_name_kanji=kanji[1],
        level_name_kana=kana[0], steps_name_kana=kana[1],
    )  # fmt: skip
    assert said["name"] == word


def test_a_name_in_another_script() -> None:
    anew = {"level_name_kanji": "different", "steps_name_kanji": N, "level_name_kana": "different",
            "steps_name_kana": "READING_DIFFERS"}  # fmt: skip
    assert words(**anew, r_name_kanji="NGUYEN VAN AN")["name"] == "other_script"
    assert words(**anew, name_kanji="ＮＧＵＹＥＮ ＶＡＮ ＡＮ")["name"] == "other_script"
    assert words(**anew, name_kanji="LEE AN", r_name_kanji="NGUYEN VAN AN")["name"] == "different"


@pytest.mark.parametrize(
    ("level", "born", "registry", "more", "word"),
    [
        ("equivalent", D(1985, 4, 1), D(1985, 4, 1), {}, "agree"),
        ("different", D(1985, 4, 2), D(1985, 4, 1), {"slip": "date_typo"}, "slip"),
        ("different", D(1960, 4, 1), D(1985, 4, 1), {"slip": "era_confused"}, "slip"),
        ("different", D(1987, 9, 9), D(1985, 4, 1), {}, "near"),
        ("different", D(1957, 9, 9), D(1985, 4, 1), {}, "far"),
        # A wrong sex code is no slip of the date.
        ("different", D(1957, 9, 9), D(1985, 4, 1), {"slip": "wrong_sex_code"}, "far"),
        # 昭和65年 is refused, and was meant.
        ("not_checked", None, D(1990, 4, 1), {"birth_hint": D(1990, 4, 1)}, "slip"),
        ("not_checked", None, D(1990, 4, 1), {"birth_hint": D(1975, 4, 1)}, "missing"),
        ("not_checked", None, D(1985, 2, 20), {"slip": "date_typo"}, "slip"),
        ("blank", None, D(1985, 4, 1), {}, "missing"),
        # The birth date stands where the acquisition belongs.
        ("different", D(2026, 11, 18), D(1985, 4, 1), {"acquired": D(1985, 4, 1)}, "slip"),
        # Nobody is hired at ten: that says nothing of the person. A dependant may be ten.
        ("different", D(2016, 4, 1), D(1985, 9, 1), {}, "missing"),
        ("different", D(2016, 4, 1), D(1985, 9, 1), {"form": "hifuyosha_ido"}, "far"),
    ],
)
def test_birth_dates(
    level: str, born: date | None, registry: date, more: dict[str, object], word: str
) -> None:
    said = words(level_birth_date=level, birth=born, r_n_birth=registry, **more)
    assert said["birth_date"] == word


@pytest.mark.parametrize(
    ("level", "steps", "more", "word"),
    [
        ("equivalent", "NUMBER_WORD", {}, "agree"),
        ("blank", "", {}, "missing"),
        ("similar", "BUILDING_DIFFERS", {}, "building"),
        ("similar", "CHOME_MISSING", {}, "incomplete"),
        ("similar", "BLOCK_DIFFERS", {}, "block"),
        ("different", "TOWN_DIFFERS", {}, "town"),
        ("different", "MUNICIPALITY_DIFFERS", {}, "elsewhere"),
        ("different", "MUNICIPALITY_DIFFERS",
         {"r_previous_address": "東京都江東区豊洲一丁目2番27号"}, "previous"),
        # The municipality is left out, though another one has the town's name.
        ("different", "MUNICIPALITY_DIFFERS",
         {"address": "千葉県栄町1番2号", "r_address": "千葉県千葉市中央区栄町1番2号"}, "incomplete"),
        ("different", "MUNICIPALITY_DIFFERS",
         {"address": "千葉県栄町1番2号", "r_address": "千葉県千葉市中央区栄町11番2号"}, "elsewhere"),
    ],
)  # fmt: skip
def test_addresses(level: str, steps: str, more: dict[str, object], word: str) -> None:
    elsewhere = {"r_address": "大阪府大阪市北区梅田一丁目1番1号"}
    said = words(level_address=level, steps_address=steps, **{**elsewhere, **more})
    assert said["address"] == word


@pytest.mark.parametrize(
    ("status", "word"),
    [("found", "found"), ("none", "nobody"), ("ambiguous", "missing"), ("not_searched", "missing"),
     ("holder_not_current", "missing"), (None, "missing")],
)  # fmt: skip
def test_other_people_of_the_registry(status: str | None, word: str) -> None:
    assert words(repair_status=status)["registry"] == word


def test_every_word_is_explained() -> None:
    """Words of the weights have words for people, and the other way round."""
    weighed = {w for item in load_toml("policies/weights.toml")["same"].values() for w in item}
    assert weighed == set(load_toml("codes/evidence.toml")["words"])
