"""The kanji-name ladder, near misses, alias and former name."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import compare_names
from validator.fields.name.variants import key_table, meet

FINE = ("same", "equivalent")
NAMES = st.text(
    alphabet="見本太郎山田高髙崎﨑斉斎齋齊辺邊邉々佐ヶケ之ノ　 ー-ABab葛󠄀\ufa19\u795e",
    min_size=1,
    max_size=8,
).filter(lambda t: t.strip("　 󠄀"))


def compare(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    columns = [
        "submitted_kanji",
        "submitted_kana",
        "registry_kanji",
        "registry_kana",
        "alias_kanji",
        "alias_kana",
    ]
    return compare_names(pl.DataFrame(
        {c: [row.get(c) for row in rows] for c in columns}, schema=dict.fromkeys(columns, pl.String)
    ))  # fmt: skip


def kanji(
    a: str, b: str, kana: tuple[str, str] = ("ミホン　タロウ", "ミホン　タロウ")
) -> tuple[str, str]:
    found = compare(
        [
            {
                "submitted_kanji": a,
                "registry_kanji": b,
                "submitted_kana": kana[0],
                "registry_kana": kana[1],
            }
        ]
    )
    return found["level_kanji"][0], found["steps"][0]


def levels(pairs: list[tuple[str, str]]) -> list[str]:
    rows: list[dict[str, str | None]] = [
        {"submitted_kanji": a, "registry_kanji": b, "submitted_kana": "ア", "registry_kana": "ア"}
        for a, b in pairs
    ]
    return compare(rows)["level_kanji"].to_list()


@pytest.mark.parametrize(
    ("submitted", "registry", "steps"),
    [
        ("見本 太郎", "見本　太郎", "WIDTH"), ("見本太郎", "見本 太郎", "SPACE"), ("葛󠄀城　一", "葛城　一", "IVS"),
        ("\ufa19　太郎", "\u795e　太郎", "COMPAT"), ("高橋　太郎", "髙橋　太郎", "VARIANT:jis"), ("宮崎　太郎", "宮﨑　太郎", "VARIANT:register"),
        ("渡辺　太郎", "渡邊　太郎", "VARIANT:joyo_old_form"), ("渡辺　太郎", "渡邉　太郎", "VARIANT:register"), ("浜田　太郎", "濱田　太郎", "VARIANT:joyo_old_form"),
        ("佐佐木　太郎", "佐々木　太郎", "ITERATION"), ("茅ケ崎　太郎", "茅ヶ崎　太郎", "KE"), ("SMITH JOHN", "Smith John", "LATIN"),
        ("ＳＭＩＴＨ　ＪＯＨＮ", "SMITH JOHN", "WIDTH"), ("スミス　マリ-", "スミス　マリー", "DASH"),
        ("見本\u200b　太郎", "見本　太郎", "WIDTH"),
    ],
)  # fmt: skip
def test_steps_that_make_equal(submitted: str, registry: str, steps: str) -> None:
    assert kanji(submitted, registry) == ("equivalent", steps)
    assert kanji(registry, submitted)[0] == "equivalent"


@pytest.mark.parametrize(
    ("one", "other"),
    [("斉藤　太郎", "斎藤　太郎"), ("山崎　太郎", "山埼　太郎"), ("坂本　太郎", "阪本　太郎"), ("大田　太郎", "太田　太郎"),
     ("土田　太郎", "士田　太郎"), ("見本　太郎", "見本　太朗"), ("阿部　太郎", "安部　太郎"), ("河合　太郎", "川合　太郎")],
)  # fmt: skip
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert kanji(one, other)[0] in ("similar", "different")
    assert kanji(other, one)[0] in ("similar", "different")


@pytest.mark.parametrize(
    ("submitted", "reason"),
    [
        ("太郎　見本", "SWAPPED_PARTS"), ("太郎見本", "SWAPPED_PARTS"), ("見本　太郎様", "HONORIFIC"), ("見本　太郎殿", "HONORIFIC"),
        ("見本（旧姓鈴木）　太郎", "FORMER_REMARK"), ("見本　太郎　旧姓鈴木", "FORMER_REMARK"), ("見本", "PART_MISSING"), ("太郎", "PART_MISSING"),
        ("見本　太朗", "GIVEN_NAME_DIFFERS+LOOK_ALIKE"), ("鈴木　太郎", "FAMILY_NAME_DIFFERS"), ("見本　花子", "GIVEN_NAME_DIFFERS"),
    ],
)  # fmt: skip
def test_near_misses_are_similar_and_never_equivalent(submitted: str, reason: str) -> None:
    assert kanji(submitted, "見本　太郎") == ("similar", reason)


def test_kanji_and_kana_columns_swapped() -> None:
    found = compare([{"submitted_kanji": "ミホン　タロウ", "submitted_kana": "見本　太郎",
                      "registry_kanji": "見本　太郎", "registry_kana": "ミホン　タロウ"}])  # fmt: skip
    assert found["level_kanji"][0] == "similar"
    assert "SWAPPED_COLUMNS" in found["steps"][0]
    assert found["level"][0] not in FINE


def test_keys_are_forms_that_the_tables_join_and_look_alikes_stay_apart() -> None:
    table = key_table()
    assert len(table) > 10_000
    assert [c for c, form in table.items() if meet(c, form) is None] == []
    kept = [
        "斉斎",
        "崎埼",
        "坂阪",
        "土士",
        "未末",
        "大太",
        "秋萩",
        "祐佑",
        "己巳",
        "切功",
        "柿杮",
        "着著",
    ]
    for a, b in kept:
        assert meet(a, b) is None
        assert table.get(a, a) != table.get(b, b)


@settings(max_examples=25)
@given(st.lists(NAMES, min_size=1, max_size=15))
def test_reflexive(values: list[str]) -> None:
    assert set(levels([(v, v) for v in values])) == {"same"}


@settings(max_examples=25)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=15))
def test_symmetric_in_what_counts_as_equal(pairs: list[tuple[str, str]]) -> None:
    assert [x in FINE for x in levels(pairs)] == [
        x in FINE for x in levels([(b, a) for a, b in pairs])
    ]


@settings(max_examples=25)
@given(st.text(max_size=15), st.text(max_size=15))
def test_any_two_texts_have_a_level(a: str, b: str) -> None:
    assert kanji(a, b)[0] in ("same", "equivalent", "undecidable", "similar", "different", "blank")


class TestAlias:
    """A registered alias is the person's own name; a former name is not any more."""

    ROW = {"registry_kanji": "NGUYEN VAN ANH", "registry_kana": "グエン　ヴァン　アイン",
           "alias_kanji": "青空　太郎", "alias_kana": "アオゾラ　タロウ"}  # fmt: skip

    def test_alias_in_kanji_and_kana(self) -> None:
        found = compare([{**self.ROW, "submitted_kanji": "青空太郎", "submitted_kana": "ｱｵｿﾞﾗ ﾀﾛｳ"}])
        assert found.select("level", "level_kanji", "level_kana", "steps").row(0) == (
            "equivalent", "equivalent", "equivalent", "ALIAS+ALIAS",
        )  # fmt: skip

    def test_alias_without_kana_in_the_registry(self) -> None:
        found = compare(
            [
                {
                    **self.ROW,
                    "alias_kana": None,
                    "submitted_kanji": "青空　太郎",
                    "submitted_kana": "アオゾラ　タロウ",
                }
            ]
        )
        assert found.select("level_kanji", "level_kana").row(0) == ("equivalent", "undecidable")

    def test_the_own_name_counts_as_well(self) -> None:
        found = compare(
            [
                {
                    **self.ROW,
                    "submitted_kanji": "Nguyen Van Anh",
                    "submitted_kana": "グエン ヴァン アイン",
                }
            ]
        )
        assert found["level"][0] == "equivalent"
        assert "ALIAS" not in found["steps"][0]

    def test_another_persons_alias_does_not(self) -> None:
        found = compare(
            [{**self.ROW, "submitted_kanji": "手本　花子", "submitted_kana": "テホン　ハナコ"}]
        )
        assert found["level"][0] == "different"
