"""続柄 in words."""

from __future__ import annotations

import polars as pl
import pytest

from validator.match.relations import add_relations, read_relationship

WORDS = {
    ("spouse", 2): ["妻", "妻（未届）", "妻(未届)", " 妻 ", "内縁の妻"],
    ("spouse", 1): ["夫", "夫（未届）"],
    ("spouse", 0): ["配偶者"],
    ("child", 1): ["長男", "次男", "二男", "三男", "2男", "１０男", "息子"],
    ("child", 2): ["長女", "次女", "二女", "五女", "養女", "娘"],
    ("child", 0): ["養子", "実子", "実子・養子"],
    ("parent", 1): ["父", "実父", "養父"],
    ("parent", 2): ["母"],
    ("", 1): ["義父", "妻の父", "配偶者の父", "継父"],
    ("", 2): ["義母", "夫の母"],
    ("grandparent", 2): ["祖母", "曾祖母", "曽祖母"],
    ("older_sibling", 2): ["姉"],
    ("younger_sibling", 1): ["弟"],
    ("younger_sibling", 0): ["弟妹"],
    ("grandchild", 0): ["孫", "曾孫"],
    ("self", 0): ["本人", "被保険者"],
    # What says nothing about age and sex, or is no word of the list, decides nothing.
    ("", 0): ["子の妻", "妻の子", "兄弟", "その他", "いとこ", "", "父か母", "長", "?", "妻" * 300],
}


@pytest.mark.parametrize(
    ("word", "meaning"), [(word, meaning) for meaning, words in WORDS.items() for word in words]
)
def test_words(word: str, meaning: tuple[str, int]) -> None:
    assert read_relationship(word) == meaning


def test_a_column_is_read_once_for_each_word_and_keeps_its_rows() -> None:
    frame = pl.DataFrame({"relationship": ["妻", None, "長男", "妻"], "n": [1, 2, 3, 4]})
    read = add_relations(frame)
    assert read["n"].to_list() == [1, 2, 3, 4]
    assert read["relation"].to_list() == ["spouse", None, "child", "spouse"]
    assert read["relation_sex"].to_list() == [2, None, 1, 2]


def test_a_column_without_any_word() -> None:
    frame = pl.DataFrame({"relationship": [None]}, schema={"relationship": pl.String})
    assert add_relations(frame).select("relation", "relation_sex").row(0) == (None, None)
