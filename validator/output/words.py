"""Words of items, levels, verdicts and code tables, in both languages."""

from __future__ import annotations

from functools import cache

from validator.resources import load_toml
from validator.rules.model import Text

SURE = 0.999
"""What is at least so likely is not told apart any more."""
ITEM_NAMES = {
    "my_number": Text("個人番号", "My Number"),
    "name_kanji": Text("氏名(漢字)", "name (kanji)"),
    "name_kana": Text("氏名(カナ)", "name (kana)"),
    "birth_date": Text("生年月日", "birth date"),
    "sex": Text("性別", "sex"),
    "address": Text("住所", "address"),
}
LEVELS = {
    "same": Text("一致", "same"),
    "equivalent": Text("表記の違いだけ", "equivalent"),
    "undecidable": Text("判断できない", "undecidable"),
    "similar": Text("近いが違う", "similar"),
    "different": Text("違う", "different"),
    "blank": Text("記入なし", "blank"),
    "not_checked": Text("照合していない", "not checked"),
}
VERDICTS = {
    "pass": Text("合格", "pass"),
    "hold": Text("確認保留", "hold"),
    "return": Text("返戻", "return"),
}
SEVERITIES = {
    "error": Text("誤り", "error"),
    "warning": Text("注意", "warning"),
    "info": Text("参考", "note"),
}
EFFECTS = {
    "return": Text("返戻", "return"),
    "hold": Text("保留", "hold"),
    "none": Text("判定に影響しない", "no effect"),
}


@cache
def code_word(table: str, group: str, code: str) -> Text:
    """Words of a code of ``schemas/codes/{table}.toml``; the code itself where it has none."""
    entry = load_toml(f"codes/{table}.toml")[group].get(code)
    return Text(entry["ja"], entry["en"]) if entry else Text(code, code)


@cache
def short_action(action: str) -> Text:
    """What to do, for a narrow column."""
    entry = load_toml("codes/causes.toml")["actions"][action]
    return Text(entry["short_ja"], entry["short_en"])


def likely(share: float) -> Text:
    """A likelihood in per cent; nearly certain is not called certain."""
    if share >= SURE:
        return Text(f"{SURE:.1%}以上", f"{SURE:.1%} or more")
    if share <= 1 - SURE:
        return Text(f"{1 - SURE:.1%}以下", f"{1 - SURE:.1%} or less")
    return Text(f"{share:.1%}", f"{share:.1%}")
