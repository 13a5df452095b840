"""● 〓 □ ? and private-use characters in a name: contract section 3, sentence by sentence."""

from __future__ import annotations

import polars as pl
import pytest

from validator import compare_names

OUTSIDE = ["髙", "\ufa11", "𠮷", "\ufa19"]  # not in JIS X 0208
PLACEHOLDERS = ["●", "〓", "□", "?", "？", "\ue000", "\U000f0001"]


def levels(
    a: str, b: str, kana: tuple[str | None, str | None] = ("タカギ　タロウ", "タカギ　タロウ")
) -> tuple[str, str]:
    frame = pl.DataFrame({"submitted_kanji": [a], "submitted_kana": [kana[0]], "registry_kanji": [b], "registry_kana": [kana[1]]},
                         schema=dict.fromkeys(("submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana"), pl.String))  # fmt: skip
    return compare_names(frame).select("level_kanji", "level_kana").row(0)


@pytest.mark.parametrize("mark", PLACEHOLDERS)
@pytest.mark.parametrize("hidden", OUTSIDE)
def test_one_mark_for_one_character_outside_the_repertoire_is_explained(
    mark: str, hidden: str
) -> None:
    assert levels(f"{mark}木　太郎", f"{hidden}木　太郎") == ("undecidable", "same")
    assert levels(f"{mark}木太郎", f"{hidden}木　太郎")[0] == "undecidable"


@pytest.mark.parametrize("mark", PLACEHOLDERS)
@pytest.mark.parametrize(
    ("written", "registry"),
    [
        ("{}木　太郎", "高木　太郎"),  # the character is within the repertoire
        ("{}木　太郎", "髙橋　太郎"),  # something else differs too
        ("{}　太郎", "髙木　太郎"),  # one mark for two characters
        ("{0}{0}木　太郎", "髙木　太郎"),  # two marks for one
        ("{}木　太", "髙木　太郎"),
        ("髙木{}　太郎", "髙木　太郎"),  # a mark for nothing
    ],
)
def test_anything_less_is_similar(mark: str, written: str, registry: str) -> None:
    assert levels(written.format(mark), registry)[0] == "similar"


@pytest.mark.parametrize(
    "kana",
    [
        ("タカキ　タロウ", "タカギ　タロウ"),
        (None, "タカギ　タロウ"),
        ("タカギ　タロウ", None),
        ("ベツ　ノヒト", "タカギ　タロウ"),
    ],
)
def test_the_kana_must_agree(kana: tuple[str | None, str | None]) -> None:
    assert levels("〓木　太郎", "髙木　太郎", kana)[0] == "similar"


def test_agreement_after_normalisation_is_enough() -> None:
    assert levels("〓邊太郎", "髙辺　太郎", ("ﾀｶｷﾞ ﾀﾛｳ", "タカギ　タロウ")) == (
        "undecidable",
        "equivalent",
    )


@pytest.mark.parametrize("mark", PLACEHOLDERS)
def test_on_the_registrys_side_all_else_must_agree(mark: str) -> None:
    assert levels("高木　太郎", f"{mark}木　太郎") == ("undecidable", "same")
    assert levels("高木　次郎", f"{mark}木　太郎")[0] == "similar"
    assert (
        levels("高木　太郎", f"{mark}木　太郎", ("タカキ　タロウ", "タカギ　タロウ"))[0]
        == "similar"
    )


def test_in_the_kana_no_character_is_outside_the_repertoire() -> None:
    assert levels("高木　太郎", "高木　太郎", ("タカ●　タロウ", "タカギ　タロウ")) == (
        "same",
        "similar",
    )
    assert levels("高木　太郎", "高木　太郎", ("????", "タカギ　タロウ")) == ("same", "similar")
    assert levels("高木　太郎", "高木　太郎", ("タカギ　タロウ", "タカ●　タロウ")) == (
        "same",
        "undecidable",
    )


def test_a_selector_is_no_placeholder() -> None:
    assert levels("葛󠄀木　太郎", "葛木　太郎")[0] == "equivalent"
