"""The plain program and the validator compare names alike, value by value."""

from __future__ import annotations

import polars as pl

from benchmarks.baseline_same_name import Name, both_differ, compare_names
from name_pairs.pairs import BUILD, labelled_pairs
from validator import compare_names as compared

NAMES = (
    "submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana",
    "alias_kanji", "alias_kana", "former_name_kanji", "former_name_kana",
)  # fmt: skip
FINE = {"same", "equivalent", "undecidable"}


def parted(rows: list[tuple]) -> list[tuple]:
    """The rows that the two programs see otherwise; a likeness is a difference to the plain one."""
    pairs = pl.DataFrame(rows, schema=dict.fromkeys(NAMES, pl.String), orient="row")
    found = compared(pairs.select(pl.all().replace("", None)))
    levels = found.select("level_kanji", "level_kana").with_columns(
        pl.all().replace("similar", "different")
    )
    return [
        (row, ours)
        for row, ours in zip(rows, levels.iter_rows(), strict=True)
        if compare_names(*(Name(*row[i : i + 2]) for i in range(0, 8, 2))) != ours
    ]


def test_labelled_pairs_have_the_same_levels():
    rows = [(*pair[:6], "", "") for pair in labelled_pairs() if pair.split == BUILD]
    assert len(rows) > 3000
    assert parted(rows) == []


def person(kanji: str, kana: str = "ミホン　ハナ") -> tuple[str, str]:
    return kanji, kana


def levels(submitted, registry, alias=("", ""), former=("", "")) -> tuple[str, str]:
    row = (*submitted, *registry, *alias, *former)
    assert parted([row]) == []
    return compare_names(Name(*submitted), Name(*registry), Name(*alias), Name(*former))


def test_forms_of_one_character_meet_and_go_no_further():
    for a, b in ["髙高", "辺邉", "龍竜", "陈陳", "刘劉", "薮藪", "⻑長", "𛀁え", "乗乘"]:
        assert levels(person(f"見{a}　花"), person(f"見{b}　花"))[0] == "equivalent", (a, b)
    for a, b in ["斎斉", "崎埼", "坂阪", "柿杮", "切功", "未末"]:
        assert levels(person(f"見{a}　花"), person(f"見{b}　花"))[0] == "different", (a, b)


def test_repetition_marks_are_written_out():
    for a, b in [
        ("佐佐木", "佐々木"),
        ("佐〻木", "佐佐木"),
        ("いすず", "いすゞ"),
        ("はは", "はゝ"),
    ]:
        assert levels(person(f"{a}　花"), person(f"{b}　花"))[0] == "equivalent", (a, b)


def test_latin_names():
    fine = [
        ("Müller Anna", "MULLER ANNA"), ("MUELLER ANNA", "Müller Anna"), ("Ømer", "OEMER"),
        ("O'Brien-Smith Ann", "OBRIEN SMITH ANN"), ("ann　lee", "ＡＮＮ ＬＥＥ"), ("ŁÓDŹ ANN", "LODZ ANN"),
        ("WANG WEI", "WANG WEI 王偉"), ("王偉", "WANG WEI (王偉)"), ("WANG WEI 王伟", "王偉 WANG WEI"),
        ("WANG WEI 王偉", "WANG WEI"), ("WEI WANG 王偉", "WEI WANG"), ("MIHON HANA 見本花", "見本花"),
        ("SMITH―ANN", "SMITH-ANN"), ("O´BRIEN ANN", "O'BRIEN ANN"), ("MÜLLER2", "MUELLER2"),
    ]  # fmt: skip
    other = [
        ("WEI WANG", "WANG WEI"), ("WANG WEI 李明", "WANG WEI 王偉"), ("WANG W", "WANG WEI"),
        ("ワン ウェイ", "WANG WEI"), ("MULLER A", "MUELLER ANNA"),
        ("WANG WEI 李明", "WANG WEI"), ("WANG WEI 不明", "WANG WEI"), ("AOKI JUN 見本花", "見本花"),
        ("MÜLLER2", "MUELLER3"),
    ]  # fmt: skip
    assert {levels(person(a), person(b))[0] for a, b in fine} == {"equivalent"}
    assert {levels(person(a), person(b))[0] for a, b in other} == {"different"}


def test_brackets_count_where_the_registry_accounts_for_them():
    alias = person("青空　花", "アオゾラ　ハナ")
    for a, b, level in [
        ("見本　花（青空）", "見本　花", "equivalent"),
        ("見本　花", "見本（青木）　花", "equivalent"),
        ("見本　花", "見本（青木様）　花", "different"),
        ("見本　花", "見本　花（青木）", "different"),
        ("見本　花", "見本　花（青空）", "equivalent"),
        ("見本　花（鈴木）", "見本　花", "different"),
        ("見本　花（旧姓青空）", "見本　花", "different"),
        ("見本　花様", "見本　花", "different"),
    ]:
        assert levels(person(a), person(b), alias)[0] == level, (a, b)


def test_placeholders():
    kana = "ヨシダ　ハナ"
    for a, b, level in [
        ("●田　花", "𠮷田　花", "undecidable"), ("●田　花", "吉田　花", "different"),
        ("吉田　花", "〓田　花", "undecidable"), ("●●　花", "𠮷田　花", "different"),
        ("■田　花", "𠮷田　花", "different"), ("吉田　花", "■田　花", "different"),
    ]:  # fmt: skip
        assert levels(person(a, kana), person(b, kana))[0] == level, (a, b)
    assert levels(("●田　花", "タカダ　ハナ"), ("𠮷田　花", kana)) == ("different", "different")
    assert levels(("見本　花", "ミホン　ハナ"), ("見本　花", "ミホン　●ナ")) == (
        "same",
        "undecidable",
    )


def test_alias_and_former_name():
    registry, alias = (
        person("NGUYEN THI HOA", "グエン　ティ　ホア"),
        person("佐々木　花", "ササキ　ハナ"),
    )
    assert levels(alias, registry, alias) == ("equivalent", "equivalent")
    assert levels(person("佐佐木　花", "ササキ　ハナ"), registry, alias) == ("equivalent",) * 2
    assert levels(alias, registry, person("佐々木　花", "")) == ("equivalent", "undecidable")
    assert levels(alias, registry, former=alias) == ("different", "different")
    # An alias is compared as fully as the name.
    assert levels(
        person("佐々木　花", "ササキ　ハナ"), registry, person("佐々●　花", "ササキ　ハナ")
    ) == (
        "undecidable",
        "equivalent",
    )
    beside = person("LEE ANN 李安", "リー　アン")
    assert levels(person("李安", "リー　アン"), registry, beside) == ("equivalent", "equivalent")


def test_names_longer_than_anybody_s_differ():
    long = "花" * 201
    assert levels(person(f"王（{long}）"), person("王"), person(long)) == ("different", "same")
    assert levels(person(f"●{long}"), person(f"𠮷{long}")) == ("different", "same")


def test_words_in_place_of_a_name_differ():
    for a, b in [
        ("見本　花", "不明"),
        ("株式会社（見本）　花", "株式会社　花"),
        ("王偉", "WANG WEI 未定"),
    ]:
        assert levels(person(a), person(b))[0] == "different", (a, b)


def test_a_former_surname_printed_in_the_kana():
    for a, b, level in [
        ("ミホン　ハナ", "ミホン（アオキ）　ハナ", "equivalent"),
        ("ミホン　ハナ", "ミホン　ハナ（アオキ）", "different"),
        ("ミホン（アオキ）　ハナ", "ミホン　ハナ", "different"),
    ]:
        assert levels(person("見本　花", a), person("見本　花", b))[1] == level, (a, b)


def test_kana_notations():
    for a, b, level in [
        ("ㇻㇺ", "ラム", "equivalent"), ("オーノ", "オオノ", "equivalent"), ("コウノ", "コーノ", "equivalent"),
        ("コウノ", "コオノ", "different"), ("ヴィナ", "ビナ", "equivalent"), ("タカタ", "タカダ", "different"),
        ("ミヽ", "ミミ", "equivalent"), ("𛀆ミ", "イミ", "equivalent"),
    ]:  # fmt: skip
        assert levels(person("見本", a), person("見本", b))[1] == level, (a, b)


def test_two_people_differ_in_kanji_and_kana():
    one = Name("佐々木　花", "オオノ　ハナ")
    assert not both_differ(one, Name("佐佐木　花", "オーノ　ハナ"))
    assert not both_differ(one, Name("佐佐木　花", "ミホン　ハナ"))
    assert not both_differ(one, Name("見本　花", None))
    assert both_differ(one, Name("見本　花", "ミホン　ハナ"))
    # One way in which they agree is enough: kanji beside Latin letters are only open on a form.
    latin, both = Name("LI NA", "リ　ナ"), Name("LI NA 王偉", "ミホン　ハナ")
    assert not both_differ(latin, both)
    assert not both_differ(both, latin)
