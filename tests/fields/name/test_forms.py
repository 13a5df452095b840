"""Which characters are forms of one another: `meet` and the keys against plain loops.

The slow rule is in tables.py: one step from each side at most, nothing from step to step.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from random import Random
from unicodedata import normalize

import polars as pl
import pytest

from validator.fields.name import kanji_key
from validator.fields.name.characters import jis_row, jis_x_0208
from validator.fields.name.variants import joined_by, meet
from validator.fields.reading import shared_readings

from .asking import kanji
from .tables import (
    FORMS,
    SIMPLIFIED,
    TRUST,
    forms_of_one_character,
    possible_evidence,
    rows,
    steps_from,
    texts_joined,
)

LEVEL_ONE_ROWS = range(16, 48)
# Both sides of each pair are 常用 or common in names (JIS level 1), and published tables join them.
COMMON_PAIRS = [
    "亘亙", "冨富", "刈苅", "升舛", "吊弔", "園薗", "埜野", "宍肉", "峯峰", "島嶋", "曽曾", "杯盃", "柁舵", "柏栢",
    "梅楳", "涌湧", "滝瀧", "灯燈", "砿鉱", "祢禰", "秋穐", "穎頴", "竜龍", "舗鋪", "舘館", "裏裡", "跡蹟", "駆駈",
]  # fmt: skip


@cache
def neighbours() -> dict[str, set[str]]:
    """Character → what stands in one row with it."""
    found: dict[str, set[str]] = {}
    for table in (*FORMS, *SIMPLIFIED):
        for variant, regular, _ in rows(table)[1:]:
            found.setdefault(variant, set()).add(regular)
            found.setdefault(regular, set()).add(variant)
    return found


@cache
def near_pairs() -> list[tuple[str, str]]:
    """Every pair of characters that at most one third character links."""
    links = neighbours()
    return sorted(
        {
            (one, other)
            for middle in links
            for one, other in combinations(sorted({middle, *links[middle]}), 2)
        }
    )


@cache
def joined_in(characters: frozenset[str]) -> set[str]:
    """Pairs within ``characters`` that meet; the regular form itself may lie outside."""
    beside = [{c, *neighbours()[c]} & characters for c in neighbours()]
    pairs = {"".join(pair) for group in beside for pair in combinations(sorted(group), 2)}
    return {pair for pair in pairs if meet(*pair) is not None}


def drawn_texts(seed: int, count: int) -> list[tuple[str, str]]:
    """Pairs of texts from the characters of the tables, most of them close to each other."""
    chance = Random(seed)
    links, everything = neighbours(), sorted(neighbours())
    kept = [row[:2] for row in rows("hand/apart")[1:]]

    def beside(character: str) -> str:
        for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))):
            character = chance.choice(sorted(links[character]))
        return character

    texts = []
    for _ in range(count):
        one = [chance.choice(everything) for _ in range(chance.randint(1, 3))]
        other = [beside(c) for c in one]
        if chance.random() < 0.1:
            pair = chance.choice(kept)
            one.append(pair[0])
            other.append(pair[1])
        if chance.random() < 0.05:
            other.append(chance.choice(everything))
        texts.append(("".join(one), "".join(other)))
    return texts


def test_meet_is_the_slow_rule_on_all_near_pairs() -> None:
    assert len(near_pairs()) > 40_000
    wrong = [
        pair
        for pair in near_pairs()
        if (meet(*pair) is not None) is not forms_of_one_character(*pair)
    ]
    assert wrong == []


def test_texts_are_joined_as_the_slow_rule_says() -> None:
    texts = drawn_texts(seed=20261123, count=3_000)
    found = [joined_by(one, other) for one, other in texts]
    assert 500 < sum(f is not None for f in found) < 2_900
    wrong = [
        text for text, f in zip(texts, found, strict=True) if (f is not None) is not texts_joined(*text)
    ]  # fmt: skip
    assert wrong == []


def test_the_ladder_says_what_the_slow_rule_says() -> None:
    texts = drawn_texts(seed=7, count=400)
    fine = [level in ("same", "equivalent") for level, _ in kanji(texts)]
    assert fine == [texts_joined(*text) for text in texts]


def test_named_evidence_stands_in_the_tables() -> None:
    texts = drawn_texts(seed=11, count=2_000)
    checked = 0
    for one, other in texts:
        found = joined_by(one, other)
        if found is None:
            continue
        possible = [possible_evidence(a, b) for a, b in zip(one, other, strict=True) if a != b]
        assert list(found) == sorted(set(found))
        assert set(found) <= set().union(*possible)
        assert all(kinds & set(found) for kinds in possible)
        checked += bool(possible)
    assert checked > 500


def test_meeting_has_no_direction() -> None:
    for one, other in near_pairs():
        assert (meet(one, other) is None) is (meet(other, one) is None)


def test_evidence_has_no_direction() -> None:
    assert [pair for pair in near_pairs() if meet(*pair) != meet(*pair[::-1])] == []


def test_the_most_trusted_form_is_named() -> None:
    def worst_of_the_way(one: str, other: str, form: str) -> int:
        ways = [steps_from(c).get(form, []) for c in (one, other)]
        return max(min(map(TRUST.index, way)) for way in ways)

    wrong = []
    for one, other in near_pairs():
        of_one, of_other = steps_from(one), steps_from(other)
        shared = of_one.keys() & of_other.keys()
        if len(shared) > 1 and one not in of_other and other not in of_one:
            best = min(worst_of_the_way(one, other, form) for form in shared)
            if meet(one, other) != f"VARIANT:{TRUST[best]}":
                wrong.append(one + other)
    assert wrong == []


def test_equal_keys_mean_forms_of_one_character() -> None:
    characters = sorted(neighbours())
    folded = pl.Series("t", characters).to_frame().select(kanji_key(pl.col("t"))).to_series()
    by_key: dict[str, list[str]] = {}
    for character, key in zip(characters, folded, strict=True):
        by_key.setdefault(key, []).append(character)
    groups = [group for group in by_key.values() if len(group) > 1]
    assert len(groups) > 2_000
    # A compatibility form is the same character before any table is asked.
    plain = {character: normalize("NFKC", character) for character in characters}
    wrong = [
        pair
        for group in groups
        for pair in combinations(group, 2)
        if not forms_of_one_character(*pair)
        and not forms_of_one_character(plain[pair[0]], plain[pair[1]])
    ]
    assert wrong == []


def test_a_chain_of_two_links_joins_nothing() -> None:
    links = neighbours()
    chains = [
        (one, middle, other)
        for middle in sorted(links)
        for one, other in combinations(sorted(links[middle]), 2)
        # A compatibility form is folded before any table is asked.
        if normalize("NFKC", one + middle + other) == one + middle + other
        if meet(one, middle) and meet(middle, other) and meet(one, other) is None
    ]
    assert len(chains) > 100
    pairs = [(one, other) for one, _, other in chains[:80]]
    assert {level for level, _ in kanji(pairs)} <= {"similar", "different"}
    steps = [(one, middle) for one, middle, _ in chains[:80]]
    steps += [(middle, other) for _, middle, other in chains[:80]]
    assert {level for level, _ in kanji(steps)} == {"equivalent"}


@pytest.mark.parametrize(
    ("one", "middle", "other"),
    [("島", "嶋", "𡻅"), ("斎", "夈", "粂"), ("啄", "㮚", "栗"), ("橋", "墧", "塙")],
)
def test_three_characters_and_two_links(one: str, middle: str, other: str) -> None:
    assert meet(one, middle) and meet(middle, other)
    assert meet(one, other) is None


def test_no_two_regular_characters_of_the_law_meet() -> None:
    regular = frozenset(row[1] for row in rows("law/old_forms")[1:])
    assert len(regular) > 350
    assert joined_in(regular) == set()


def test_no_other_common_characters_meet_than_these() -> None:
    common = frozenset(c for c in jis_x_0208() if jis_row(c) in LEVEL_ONE_ROWS)
    assert len(common) == 2_965
    assert joined_in(common) == set(COMMON_PAIRS)


def test_forms_of_one_character_sound_alike() -> None:
    """Readings come from another source than the tables: a pair without a common one is suspect."""
    kanji_of_jis = frozenset(c for c in jis_x_0208() if jis_row(c) >= LEVEL_ONE_ROWS.start)
    pairs = joined_in(kanji_of_jis)
    assert len(pairs) > 500
    # 靹 is a form of 鞆 in the register; the dictionary of readings only has its Chinese one.
    assert {pair for pair in pairs if not shared_readings(*pair)} <= {"靹鞆"}
