"""What holds for any pair of names: reflexive, symmetric where it should be, and no better than true."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from validator.resources import load_toml

from .asking import DIFFERS, FINE, LEVELS, Answer, Names, ask

# Letters of names in every notation that the ladder knows. Left out are the signs that are asked
# about on one side only: placeholders (a mark in the submitted name stands for a character of the
# registry), brackets (what the registry prints beside a name is no remark of the employer), and
# what is no name at all (companies, words for nothing, broken bytes: only the batch can hold them).
KANJI_LETTERS = (
    "見本太朗郎山田高髙崎﨑埼斉斎齋辺邊邉々〻佐ヶケ之ノ菜子花沢澤神\ufa19张張一ーマリさすゞず\U000e0100\ufe00"
    " 　・-'SMITHsmithöÖＡ"
)
KANA_LETTERS = "アイウエオカガキギコゴサザシジスズタダチヂツヅトハバパヤユヨャュョッヴヲーｱｶﾞｰあかがー-ヽヾ゛ 　・ンㇰ"
NASTY = (
    "●〓□?？\ue000\U000f0001()（）「」[]{}【】<>\\^$|*+.,;:\"'`@#%&~〜=_-ー−\u3099\u309a\u309b゛゜"
    "旧姓様殿さん君株式会社不明ナシNULL縺é螟譁Ãß\u0130\u0149ﬁ㍻㈱ⅷ⼭神\ufa19葛\U000e0100\ufe0f\u200b\u00ad\u202e"
    "\n\r\t\x00\x1f\u0085\u3000々〻ゝゞヽヾヶヵ仝\U0001b001\U00020bb7\U0002f800\U0010ffff0１②"
)
any_text = st.one_of(
    st.none(),
    st.text(alphabet=NASTY, max_size=8),
    st.text(alphabet=KANJI_LETTERS + KANA_LETTERS + NASTY, max_size=12),
    st.text(max_size=12),
)
kanji_names = st.text(alphabet=KANJI_LETTERS, min_size=1, max_size=7).filter(str.strip)
kana_names = st.text(alphabet=KANA_LETTERS, min_size=1, max_size=7).filter(str.strip)
CODES = set(load_toml("codes/steps.toml")["steps"])
RANK = {level: rank for rank, level in enumerate(("same", "equivalent", "undecidable"))}


@st.composite
def close_names(draw: st.DrawFn) -> Names:
    """A pair whose second name is the first after a few edits, or another."""

    def edited(text: str, alphabet: str) -> str:
        letters = list(text)
        for _ in range(draw(st.integers(0, 2))):
            place = draw(st.integers(0, len(letters)))
            letters[place : place + draw(st.integers(0, 1))] = draw(st.sampled_from(alphabet))
        return "".join(letters) if "".join(letters).strip() else text

    kanji, kana = draw(kanji_names), draw(kana_names)
    return Names(kanji, kana, edited(kanji, KANJI_LETTERS), edited(kana, KANA_LETTERS))


@settings(max_examples=12)
@given(st.lists(st.builds(Names, *[any_text] * 8), min_size=1, max_size=15))
def test_any_texts_have_levels(names: list[Names]) -> None:
    for pair, answer in zip(names, ask(names), strict=True):
        assert answer.level in LEVELS
        assert (answer.level_kanji == "blank") is (pair.s_kanji is None)
        assert (answer.level_kana == "blank") is (pair.s_kana is None)
        for steps in (answer.steps_kanji, answer.steps_kana):
            codes = steps.split("+") if steps else []
            assert set(codes) <= CODES
            assert len(set(codes)) == len(codes)


@settings(max_examples=10)
@given(
    st.lists(st.tuples(*[any_text.filter(lambda t: t is not None)] * 2), min_size=1, max_size=15)
)
def test_a_name_is_the_same_as_itself(texts: list[tuple[str, str]]) -> None:
    found = ask(Names(kanji, kana, kanji, kana) for kanji, kana in texts)
    assert set(found) == {Answer("same", "same", "same", "", "")}


@settings(max_examples=12)
@given(st.lists(close_names(), min_size=1, max_size=18))
def test_being_fine_has_no_direction(names: list[Names]) -> None:
    there, back = ask(names), ask(pair.turned() for pair in names)
    for pair, one, other in zip(names, there, back, strict=True):
        for level, turned in zip(one[:3], other[:3], strict=True):
            assert (level in FINE) is (turned in FINE), pair


@settings(max_examples=12)
@given(st.lists(close_names(), min_size=1, max_size=18))
def test_the_whole_is_fine_only_if_both_fields_are(names: list[Names]) -> None:
    for pair, found in zip(names, ask(names), strict=True):
        fields = (found.level_kanji, found.level_kana)
        if all(level in FINE for level in fields):
            assert found.level == max(fields, key=RANK.__getitem__)
        else:
            assert found.level in DIFFERS, pair


@settings(max_examples=12)
@given(st.lists(close_names(), min_size=1, max_size=18))
def test_the_whole_of_names_that_differ(names: list[Names]) -> None:
    """Contract section 5: kanji fine and kana not is close; nothing agrees is another name."""
    for pair, found in zip(names, ask(names), strict=True):
        if found.level_kanji in FINE and found.level_kana in DIFFERS:
            assert found.level == "similar", pair
        if found.level_kanji == "different" and found.level_kana in FINE:
            assert found.level == "different", pair
        if (found.level_kanji, found.level_kana) == ("different", "different"):
            assert found.level == "different", pair


@settings(max_examples=10)
@given(st.lists(close_names(), min_size=1, max_size=15))
def test_a_blank_field_is_left_out(names: list[Names]) -> None:
    for found in ask(pair._replace(s_kana=None) for pair in names):
        assert (found.level, found.level_kana) == (found.level_kanji, "blank")
    for found in ask(pair._replace(s_kanji=None) for pair in names):
        assert (found.level, found.level_kanji) == (found.level_kana, "blank")


def test_what_the_registry_does_not_hold_cannot_be_decided() -> None:
    found = ask(
        [Names("見本　太郎", "ミホン　タロウ", None, "ミホン　タロウ"), Names("見本", "ミホン")]
    )
    assert [answer[:3] for answer in found] == [
        ("undecidable", "undecidable", "same"), ("undecidable", "undecidable", "undecidable"),
    ]  # fmt: skip


REMARKS = [
    "様", "殿", "さん", "氏", "先生", "くん", " 様", "御中", "（旧姓鈴木）", "(旧姓 鈴木)", "　旧姓鈴木", "[旧氏 鈴木]", "（鈴木）",
    "【本人】", "　本人", " 妻", " 世帯主", "1", "　２", "(ホンニン)", "〔仮〕",
]  # fmt: skip


@settings(max_examples=10)
@given(st.lists(st.tuples(close_names(), st.sampled_from(REMARKS)), min_size=1, max_size=15))
def test_a_remark_makes_nothing_equal(remarked: list[tuple[Names, str]]) -> None:
    names = [pair._replace(s_kanji=f"{pair.s_kanji}{remark}") for pair, remark in remarked]
    assert [pair for pair, found in zip(names, ask(names), strict=True) if found[1] in FINE] == []
    names = [pair._replace(s_kana=f"{pair.s_kana}{remark}") for pair, remark in remarked]
    assert [pair for pair, found in zip(names, ask(names), strict=True) if found[2] in FINE] == []


@settings(max_examples=10)
@given(st.lists(st.tuples(close_names(), st.sampled_from(REMARKS)), min_size=1, max_size=15))
def test_only_brackets_that_the_registry_knows_are_no_remark(
    remarked: list[tuple[Names, str]],
) -> None:
    """With 鈴木 as alias or former name, （鈴木） is what a 住民票 prints; anything else is not."""
    for column in ("r_alias_kanji", "r_former_kanji"):
        names = [
            pair._replace(s_kanji=f"{pair.s_kanji}{remark}", **{column: "鈴木"})
            for pair, remark in remarked
            if "鈴木" not in pair.s_kanji
        ]
        for pair, found in zip(names, ask(names), strict=True):
            assert found.level_kanji not in FINE or pair.s_kanji.endswith("（鈴木）"), pair
    known = Names("見本　太郎（鈴木）", "ア", "見本　太郎", "ア")
    found = ask(
        [known._replace(r_alias_kanji="鈴木"), known._replace(r_former_kanji="鈴木"), known]
    )
    assert [(a.level_kanji, a.steps_kanji) for a in found] == [
        ("equivalent", "FORMER"), ("equivalent", "FORMER"), ("similar", "BRACKETS"),
    ]  # fmt: skip
