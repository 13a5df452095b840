"""The address ladder: 住民票 notation against what people write.

What is folded and why it is safe: width, kanji numerals, ケ/ヶ/ガ, ノ/之/の and ツ/ッ merge no two
towns of one municipality but double entries of one place (counted over all 町字). 町 is never
dropped, イ/い and ハ/八 are never folded. A number keeps its kind (丁目, 番地・番, 号), so that
2番地11 and 2丁目11番 stay apart.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from validator.fields.ladder import Rung, applied, touched
from validator.fields.text import (
    HYPHENS,
    SPACES,
    VARIATION_SELECTORS,
    WIDTH_TOUCHES,
    drop_spaces,
    fold_width,
)

PREFECTURES = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]

_DIGITS = "〇一二三四五六七八九"
# Town names whose 番 or 号 is no number word: 一番町, 三番丁, 十号通り …
_PROTECTED = {
    "番町": "\ufdd0",
    "番丁": "\ufdd1",
    "番通": "\ufdd2",
    "号線": "\ufdd3",
    "号通": "\ufdd4",
}


# So few texts are searched for what stands in them rather than for all numerals.
_FEW = 500

# Where the 方書 begins for certain.
_BORDER = "\ufdd8"
_MARKS = "".join(_PROTECTED.values()) + _BORDER

# A 千 within a number. Alone it is mostly part of a name (千葉, 千代田) and stays, but before 番地.
_THOUSANDS = "[一二三四五六七八九]千|千[一二三四五六七八九十百]"
_ONE_THOUSAND = {f"千{word}": f"1000{word}" for word in ("丁目", "番", "号")}


@cache
def _numerals(highest: int) -> dict[str, str]:
    """Kanji numerals up to ``highest``, longest first, and single digits, with their values."""
    table: dict[str, str] = {c: str(i) for i, c in enumerate(_DIGITS)}
    for n in range(10, highest + 1):
        table[_kanji(n)] = str(n)
    table = {word: value for word, value in table.items() if word != "千"} | _ONE_THOUSAND
    return {word: table[word] for word in sorted(table, key=len, reverse=True)}


_RUN_OF_NUMERALS = f"[{_DIGITS}十百千]+(?:丁目|番|号)?"
_LONGEST_NUMERAL = 7  # 九千九百九十九


def _written_in(texts: pl.Series, numerals: dict[str, str]) -> dict[str, str]:
    """Those of ``numerals`` that stand in ``texts``: all of them are costly to search for."""
    runs = texts.str.extract_all(_RUN_OF_NUMERALS).list.explode().unique().drop_nulls()
    found = {
        run[begin:end]
        for run in runs
        for begin in range(len(run))
        for end in range(begin + 1, min(begin + _LONGEST_NUMERAL, len(run)) + 1)
    }
    return {word: value for word, value in numerals.items() if word in found}


def _kanji(n: int) -> str:
    text = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十")):
        digit, n = divmod(n, value)
        if digit:
            text += ("" if digit == 1 else _DIGITS[digit]) + unit
    return text + (_DIGITS[n] if n else "")


def _width(text: pl.Expr) -> pl.Expr:
    return fold_width(text.str.replace_all(VARIATION_SELECTORS, "")).str.to_uppercase()


_CODE_AHEAD = r"^〒?[0-9]{3}-[0-9]{4}-?"


def _space(text: pl.Expr) -> pl.Expr:
    # A space behind a number is a border (2-27 ハイツ, 2-27 301): without it 1-2 301 would
    # become 1-2301.
    for _ in range(2):  # neighbouring matches share a digit
        text = text.str.replace_all(r"([0-9])[\s、,]+([^\s丁番号の地ノ之\-ー])", "${1}-${2}")
    return drop_spaces(text).str.replace_all("[、。,]", "")


def _postal_code(text: pl.Expr) -> pl.Expr:
    return text.str.replace(_CODE_AHEAD, "").str.strip_prefix("〒")


def _numeral(text: pl.Expr) -> pl.Expr:
    # A hyphen keeps a kanji numeral and the digits behind it apart: 三1 is not 31.
    apart = text.str.replace_all(r"([〇一二三四五六七八九十百千])([0-9])", "${1}-${2}")
    return apart.map_batches(read_numerals, return_dtype=pl.String)


def read_numerals(texts: pl.Series) -> pl.Series:
    """Kanji numerals as digits; up to 9,999 where a 千 stands in one, which few addresses have."""
    numerals = _numerals(999)
    read = _replaced(texts, numerals if len(texts) > _FEW else _written_in(texts, numerals))
    large = texts.str.contains(_THOUSANDS).fill_null(value=False)
    if not large.any():
        return read
    thousands = texts.filter(large)
    replaced = _replaced(thousands, _written_in(thousands, _numerals(9_999)))
    return read.scatter(large.arg_true(), replaced)


def _replaced(texts: pl.Series, table: dict[str, str]) -> pl.Series:
    if not table:
        return texts.clone()
    return texts.str.replace_many(list(table), list(table.values()), leftmost=True)


def _hyphen(text: pl.Expr) -> pl.Expr:
    text = text.str.replace_all(f"[{HYPHENS[1:]}]", "-")
    for _ in range(2):  # neighbouring matches share a digit
        text = text.str.replace_all(r"([0-9A-Z])[ー一]([0-9])", "${1}-${2}")
    return text


def _place_kana(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(
        ["ヶ", "ガ", "が", "ヵ", "の", "之", "乃", "ッ"],
        ["ケ", "ケ", "ケ", "カ", "ノ", "ノ", "ノ", "ツ"],
    )


def _number_words(text: pl.Expr) -> pl.Expr:
    text = text.str.replace_many(list(_PROTECTED), list(_PROTECTED.values()), leftmost=True)
    # A room word, and what follows 番…号, begin the 方書: a border that no number crosses.
    text = text.str.replace_all(r"-?([A-Z]?[0-9]+)号?室", f"{_BORDER}${{1}}")
    # 27号の5 and 27号-5 go on with the number, 27号-305 is a room.
    text = text.str.replace_all(r"(番[0-9]+)号[-ノ]([0-9]{1,2})($|[^0-9])", "${1}-${2}${3}")
    text = text.str.replace_all(r"(番[0-9]+)号-?", f"${{1}}-{_BORDER}")
    text = text.str.replace_all(r"([0-9])(?:丁目|番地ノ?|番ノ?|号)-?", "${1}-")
    for _ in range(2):  # neighbouring matches share a digit
        text = text.str.replace_all(r"([0-9])ノ([0-9])", "${1}-${2}")
    text = text.str.replace_all(r"-+", "-").str.replace(f"[-{_BORDER}]+$", "")
    return text.str.replace_many(list(_PROTECTED.values()), list(_PROTECTED))


def _room(text: pl.Expr) -> pl.Expr:
    text = text.str.replace_all(f"[-{_BORDER}]+", "-")
    text = text.str.replace_all(r"([0-9])-?(?:号室|号|室)", "${1}")
    text = text.str.replace_all("([^0-9A-Z])-|-([^0-9A-Z])", "${1}${2}")
    return text.str.strip_chars("-")


SPELLING_RUNGS: tuple[Rung, ...] = (
    Rung("WIDTH", _width, f"{WIDTH_TOUCHES}|[a-z]"),
    Rung("SPACE", _space, f"{SPACES}|[、。,]"),
    Rung("POSTAL_CODE", _postal_code, f"{_CODE_AHEAD}|〒"),
    Rung("NUMERAL", _numeral, "[〇一二三四五六七八九十百千]"),
    Rung("HYPHEN", _hyphen, f"[{HYPHENS[1:]}ー一]"),
    Rung("PLACE_KANA", _place_kana, "[ヶガがヵの之乃ッ]"),
)
ADDRESS_RUNGS: tuple[Rung, ...] = (
    *SPELLING_RUNGS,
    Rung("NUMBER_WORD", _number_words, "丁目|番地|[番号室ノ-]", f"[{_MARKS}]"),
    Rung("ROOM_WORD", _room, "[号室-]", _BORDER),
)

# One prefecture begins with a numeral, which the ladder has turned into a digit by then.
_FOLDED = {"3重県": "三重県"}
PREFECTURE = "^(" + "|".join([*PREFECTURES, *_FOLDED]) + ")"
# The run of numbers of the block: the first digits that a hyphen follows, with all that hang on it.
_RUN = r"^(.*?[0-9]+(?:-[0-9]+)*-[0-9]*)(.*)$"
# Without such a run: the first number before a building's name, else the last number.
_NUMBER = f"^(.*?[0-9]+|.*[0-9]|.*)((?:[ァ-ヺA-Z{_BORDER}].*|[^0-9]*))$"
_KINDS = r"((?:[0-9]+(?:丁目|番地ノ?|番ノ?|号|-|ノ))+)"


# No address is that long. What is longer is compared with nothing but itself.
LONGEST = 1_000


def address_forms(texts: pl.Series) -> pl.DataFrame:
    """Comparison forms of addresses, all String.

    ``pref`` (prefecture or null), ``base`` (municipality, town and numbers), ``rest`` (方書),
    ``kinds`` (one letter for each number: c 丁目, b 番地・番, g 号, h hyphen or の).
    """
    # Step by step, so that no expression is computed twice.
    spelled = texts.str.slice(0, LONGEST).alias("spelled")
    for rung in SPELLING_RUNGS:
        spelled = applied(spelled, touched(spelled, rung), rung)
    frame = spelled.to_frame()
    body = frame.select(_number_words(pl.col("spelled")).str.replace(PREFECTURE, "")).to_series()
    frame = frame.with_columns(body.alias("body"), split=body.str.extract_groups(_RUN))
    frame = frame.with_columns(
        base=pl.col("split").struct.field("1"), rest=pl.col("split").struct.field("2")
    )
    if frame["base"].null_count():
        lone = frame.filter(pl.col("base").is_null())["body"].unique().drop_nulls().to_frame()
        lone = lone.with_columns(split=pl.col("body").str.extract_groups(_NUMBER)).select(
            "body",
            lone_base=pl.col("split").struct.field("1"),
            lone_rest=pl.col("split").struct.field("2"),
        )
        frame = frame.join(lone, on="body", how="left", maintain_order="left").with_columns(
            base=pl.coalesce("base", "lone_base"), rest=pl.coalesce("rest", "lone_rest")
        )
    return frame.select(
        pl.col("spelled").str.extract(PREFECTURE, 1).replace(_FOLDED).alias("pref"),
        pl.col("base").str.strip_suffix("-").alias("base"),
        _room(pl.col("rest")).alias("rest"),
        _kinds(pl.col("spelled")).alias("kinds"),
    )


def _kinds(spelled: pl.Expr) -> pl.Expr:
    return (
        spelled.str.replace_many(list(_PROTECTED), list(_PROTECTED.values()), leftmost=True)
        .str.extract(_KINDS, 1)
        .str.replace_all(r"[0-9]", "")
        .str.replace_many(
            ["番地ノ", "番ノ", "丁目", "番地", "番", "号", "-", "ノ"],
            list("bbcbbghh"),
            leftmost=True,
        )
        .fill_null("")
    )
