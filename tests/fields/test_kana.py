"""The kana ladder and the shape of a kana field."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.compare import compare_frame
from validator.fields.kana import kana_state

FINE = ("same", "equivalent")
KANA = "アイウエオカキクケコガギグゲゴサシスセソタチツテトダヂヅデドナニヌネノハヒフヘホバパマミムメモヤユヨラリルレロワヲンャュョッァーヴヶ 　ｱｶﾞあがっ"
names = st.text(alphabet=KANA, min_size=1, max_size=12).filter(lambda t: t.strip())


def levels(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    frame = pl.DataFrame(
        pairs, schema={"submitted": pl.String, "registry": pl.String}, orient="row"
    )
    return compare_frame("kana", frame).select("level", "steps").rows()


def level(a: str, b: str) -> tuple[str, str]:
    return levels([(a, b)])[0]


@pytest.mark.parametrize(
    ("submitted", "registry", "steps"),
    [
        ("ﾐﾎﾝ ﾀﾛｳ", "ミホン　タロウ", "WIDTH"), ("ミホン タロウ", "ミホン　タロウ", "WIDTH"),
        ("ミホンタロウ", "ミホン　タロウ", "WIDTH+SPACE"), ("ミホンタロウ", "ミホン タロウ", "SPACE"), ("みほん　たろう", "ミホン　タロウ", "SCRIPT"),
        ("ミホン　タロ-", "ミホン　タロー", "DASH"), ("ミホン　タロ一", "ミホン　タロー", "DASH"),
        ("ヴァン", "バン", "VU"), ("カヲル", "カオル", "OLDKANA"), ("ミカヅキ", "ミカズキ", "OLDKANA"),
        ("キヨウコ", "キョウコ", "SMALL"), ("ハツトリ", "ハットリ", "SMALL"),
        ("オオノ", "オーノ", "LONG"), ("タロウ", "タロー", "LONG"), ("ﾀﾞｲｽｹ", "ダイスケ", "WIDTH"),
        ("タ゛イスケ", "ダイスケ", "WIDTH"), ("ﾐﾎﾝ ﾀﾛｳ", "みほん　たろう", "WIDTH+SCRIPT"),
        ("マリア・ルイサ", "マリア ルイサ", "SPACE"),
    ],
)  # fmt: skip
def test_steps_that_make_equal(submitted: str, registry: str, steps: str) -> None:
    assert level(submitted, registry) == ("equivalent", steps)
    assert level(registry, submitted)[0] == "equivalent"


@pytest.mark.parametrize(
    ("submitted", "registry", "reason"),
    [
        ("タカダ", "タカタ", "VOICING"), ("ヤマザキ", "ヤマサキ", "VOICING"), ("ババ", "ハバ", "VOICING"),
        ("ミホン タロ", "ミホン　タロウ", "TYPO"), ("タロウ ミホン", "ミホン　タロウ", "SWAPPED_PARTS"),
        ("ミホン タロウ様", "ミホン　タロウ", "HONORIFIC"), ("ミホン", "ミホン　タロウ", "PART_MISSING"),
        ("ミホン（旧姓スズキ） タロウ", "ミホン　タロウ", "FORMER_REMARK"), ("オウノ", "オオノ", "TYPO"),
        ("ミホン タ●ウ", "ミホン　タロウ", "PLACEHOLDER_UNEXPLAINED"),
    ],
)  # fmt: skip
def test_near_misses_are_similar_and_never_equal(
    submitted: str, registry: str, reason: str
) -> None:
    assert level(submitted, registry) == ("similar", reason)


def test_another_name_is_different() -> None:
    assert level("スズキ　ハナコ", "ミホン　タロウ") == ("different", "READING_DIFFERS")
    assert level("MIHON TARO", "ミホン　タロウ")[0] in ("similar", "different")


VOICED = dict(
    zip(
        "カキクケコサシスセソタチツテトハヒフヘホ",
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        strict=True,
    )
)


def test_voicing_is_never_folded() -> None:
    pairs = [(f"ア{plain}ラ", f"ア{voiced}ラ") for plain, voiced in VOICED.items()]
    pairs += [(f"ア{h}ラ", f"ア{p}ラ") for h, p in zip("ハヒフヘホ", "パピプペポ", strict=True)]
    assert {found for found, _ in levels(pairs)} == {"similar"}


@settings(max_examples=25)
@given(st.lists(names, min_size=1, max_size=20))
def test_reflexive(values: list[str]) -> None:
    assert {found for found, _ in levels([(v, v) for v in values])} == {"same"}


@settings(max_examples=25)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=20))
def test_symmetric_in_what_counts_as_equal(pairs: list[tuple[str, str]]) -> None:
    one = [found in FINE for found, _ in levels(pairs)]
    other = [found in FINE for found, _ in levels([(b, a) for a, b in pairs])]
    assert one == other


@settings(max_examples=25)
@given(st.lists(names, min_size=1, max_size=12))
def test_spaces_alone_are_named_as_such(values: list[str]) -> None:
    pairs = [(value, value.replace(" ", "").replace("　", "")) for value in values]
    for (a, b), (found, steps) in zip(pairs, levels(pairs), strict=True):
        assert (found, steps in ("SPACE", "WIDTH+SPACE")) == (
            ("same", False) if a == b else ("equivalent", True)
        )


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("ミホン　タロウ", "kana"), ("ﾐﾎﾝ ﾀﾛｳ", "kana"), ("みほん", "kana"), ("タロ一", "kana"), ("ジョン・スミス", "kana"),
        ("一", "kanji"), ("見本 太郎", "kanji"), ("ミホン 太郎", "kanji"), ("佐々木", "kanji"), ("タロ二", "kanji"),
        ("MIHON", "no_kana"), ("12345", "no_kana"), ("?", "no_kana"), ("ー", "kana"), ("", "blank"), ("　", "blank"),
        ("ミホン１", "other"), ("ミホン★", "other"), (None, "blank"),
    ],
)  # fmt: skip
def test_state_of_a_kana_field(text: str | None, state: str) -> None:
    frame = pl.DataFrame({"k": [text]}, schema={"k": pl.String})
    assert kana_state(frame, "k")["kana_state"].item() == state


@settings(max_examples=25)
@given(st.text(max_size=20))
def test_any_text_has_a_state_and_a_level(text: str) -> None:
    frame = pl.DataFrame({"k": [text]})
    assert kana_state(frame, "k")["kana_state"].item() is not None
    assert level(text or "x", "ミホン　タロウ")[0] in (
        "same",
        "equivalent",
        "similar",
        "different",
        "blank",
        "undecidable",
    )


@pytest.mark.parametrize("huge", ["ｶﾞ" * 1_600_000])
def test_ten_megabytes_are_quick(huge: str) -> None:
    started = time.perf_counter()
    assert level(huge, "ミホン　タロウ")[0] in ("different", "similar")
    kana_state(pl.DataFrame({"k": [huge]}), "k")
    assert time.perf_counter() - started < 20
