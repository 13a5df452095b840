"""Names put together from pieces, each of which can be written in another way.

A piece is (usual notation, other notation, codes that a comparison has to name). Whatever stands
beside them, pieces need their own codes and no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

Piece = tuple[str, str, str]

KANJI: tuple[Piece, ...] = (
    ("葛", "葛\U000e0100", "IVS"), ("辻", "辻\ufe00", "IVS"), ("芦", "芦\U000e0102", "IVS"),
    ("神", "\ufa19", "COMPAT"), ("山", "\u2f2d", "COMPAT"), ("福", "\ufa1b", "COMPAT"),
    ("母", "\u2e9f", "COMPAT"), ("いち", "い\U0001b062", "COMPAT"),
    ("QR", "ＱＲ", "WIDTH"), ("本", "本\u200b", "WIDTH"), ("木 田", "木\u3000田", "WIDTH"),
    ("林 谷", "林\u00a0谷", "WIDTH"), ("ガン", "ｶﾞﾝ", "WIDTH"), ("ダン", "タ゛ン", "WIDTH"),
    ("三 井", "三井", "SPACE"), ("五 十", "五  十", "SPACE"), ("ア・ラ", "アラ", "SPACE"),
    ("ナ・ミ", "ナ ミ", "SPACE"), ("百々", "百〻", "ITERATION"), ("千々", "千仝", "ITERATION"),
    ("柳ヶ", "柳ケ", "KE"), ("一ヵ", "一カ", "KE"),
    ("マリー", "マリ-", "DASH"), ("ジョー", "ジョ\u2212", "DASH"), ("リー", "リ\u2015", "DASH"),
    ("VAN", "Van", "LATIN"), ("ONEIL", "O'NEIL", "LATIN"), ("JOSE", "JOSÉ", "LATIN"),
    ("ANNLEE", "ANN-LEE", "LATIN"), ("LEJR", "LEJR.", "LATIN"),
    ("浜", "濱", "VARIANT:joyo_old_form"), ("沢", "澤", "VARIANT:joyo_old_form"),
    ("薗", "園", "VARIANT:jinmei_old_form"), ("高", "髙", "VARIANT:jis"),
    ("崎", "﨑", "VARIANT:register"), ("浅", "淺", "VARIANT:joyo_old_form"),
    ("張", "张", "SIMPLIFIED"), ("偉", "伟", "SIMPLIFIED"),
)  # fmt: skip
# A mark and the character that it repeats: equal only after a look back.
REPEATED: tuple[Piece, ...] = (
    ("佐々", "佐佐", "ITERATION"), ("野々", "野野", "ITERATION"), ("すゞ", "すず", "ITERATION"),
    ("みゝ", "みみ", "ITERATION"),
)  # fmt: skip

KANA: tuple[Piece, ...] = (
    ("ガン", "ｶﾞﾝ", "WIDTH"), ("ダン", "タ゛ン", "WIDTH"), ("ミン", "ﾐﾝ", "WIDTH"),
    ("パン", "ハ\u309aン", "WIDTH"), ("ア ラ", "ア\u3000ラ", "WIDTH"), ("ロン", "ロ\u200bン", "WIDTH"),
    ("ナ ミ", "ナミ", "SPACE"), ("リ・ル", "リル", "SPACE"), ("ノ レ", "ノ・レ", "SPACE"),
    ("ミホン", "みほん", "SCRIPT"), ("スズン", "スヾン", "SCRIPT"), ("ミミン", "ミヽン", "SCRIPT"),
    ("ムン", "\U0001b0d0ン", "COMPAT+SCRIPT"),
    ("ロー", "ロ-", "DASH"), ("テー", "テ一", "DASH"), ("ミー", "ミ\u2212", "DASH"), ("ヨー", "ヨ〜", "DASH"),
    ("バン", "ヴァン", "VU"), ("ブン", "ヴン", "VU"), ("ビン", "ヸン", "VU"),
    ("オン", "ヲン", "OLDKANA"), ("ズン", "ヅン", "OLDKANA"), ("イン", "ヰン", "OLDKANA"),
    ("キョン", "キヨン", "SMALL"), ("ハット", "ハツト", "SMALL"), ("クン", "ㇰン", "SMALL"),
    ("カアン", "カーン", "LONG"), ("コウン", "コーン", "LONG"), ("ケイン", "ケーン", "LONG"),
    ("スウン", "スーン", "LONG"),
)  # fmt: skip
# ー read as a repeated vowel; beside コウ the two names have no common key.
REPEATED_VOWELS: tuple[Piece, ...] = (("トオン", "トーン", "LONG"), ("セエン", "セーン", "LONG"))


@dataclass(frozen=True)
class Pair:
    """Two notations of one name, and the codes of what was done on one side only."""

    a: str
    b: str
    codes: frozenset[str]


@st.composite
def written_twice(
    draw: st.DrawFn,
    pieces: Sequence[Piece],
    *,
    crossed: bool,
    shared: bool,
    most: int = 5,
) -> Pair:
    """A name in two notations.

    Each piece is written in the usual way on both sides, in the other way on one, or (``shared``)
    in the other way on both, which explains nothing. Unless ``crossed``, what one code explains
    stands on one side only.
    """
    side_of: dict[str, int] = {}
    a, b = "", ""
    codes: set[str] = set()
    for usual, other, named in draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=most)):
        side = draw(st.integers(0, 3 if shared else 2))
        if side in (1, 2):
            own = named.split("+")
            codes |= set(own)
            if not crossed:
                side = next((side_of[code] for code in own if code in side_of), side)
                side_of |= dict.fromkeys(own, side)
        a += other if side in (1, 3) else usual
        b += other if side in (2, 3) else usual
    return Pair(a, b, frozenset(codes))
