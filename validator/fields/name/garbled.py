"""Text that is no name: a word for "nothing", a company, bytes read in the wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from validator.resources import load_toml

NULL_WORD, COMPANY, MOJIBAKE, NO_NAME = "NULL_WORD", "COMPANY", "MOJIBAKE", "NO_NAME"

_LETTER = re.compile(r"[^\W\d_]")
# What lead bytes of UTF-8 kana and kanji become when they are read as CP932 or as Latin-1.
TRACES = (
    "[縺繧繝縲]|[螟驛譁逕螻蜷髮驥].*[螟驛譁逕螻蜷髮驥縺繧繝縲ｱ-ﾝ]"
    "|[ãâäåæçèé][\u0080-\u00bf‚-™]|\ufffd|ï¿½|[\u0080-\u009f]|[¡-©«-´¶-¹»-¿×÷].*[À-ÿ¡-¿]"
    "|[｡｢｣､@{}|$%\\\\÷×]"
)
_TRACES = re.compile(TRACES)
_ROUTES = (
    ("cp932", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "cp932"),
    ("cp1252", "cp932"),
    ("latin-1", "euc_jp"),
    ("cp932", "euc_jp"),
)


@cache
def _null() -> re.Pattern[str]:
    words = load_toml("codes/name_words.toml")
    ahead, said = ("|".join(map(re.escape, words[k])) for k in ("field_words", "null_words"))
    return re.compile(rf"(?:(?:{ahead})(?:が|は)?)?(?:{said}|X{{3,}}|×+|[*]+)", re.IGNORECASE)


@cache
def _company() -> re.Pattern[str]:
    words = load_toml("codes/name_words.toml")
    names = "|".join(map(re.escape, words["company_words"]))
    letters = "".join(words["company_letters"])
    latin = "|".join(words["company_latin"])
    return re.compile(rf"{names}|\((?:[{letters}])\)|\b(?:{latin})\b", re.IGNORECASE)


def why_no_name(text: str, raw: str) -> str | None:
    """``NULL_WORD``, ``COMPANY``, ``MOJIBAKE``, ``NO_NAME`` (no letter at all), or None.

    ``text`` is the folded name, ``raw`` the field as submitted: folding hides traces of bytes.
    """
    if _TRACES.search(raw):
        return MOJIBAKE
    bare = text.strip(" -*.…ー()[]{}「」『』【】〔〕〈〉《》。、")
    if _null().fullmatch(bare):
        return NULL_WORD
    if not _LETTER.search(text):
        return NULL_WORD if not re.search(r"\d", text) else NO_NAME
    return COMPANY if _company().search(text) else None


@lru_cache(maxsize=4096)
def recovered(text: str) -> tuple[str, ...]:
    """What ``text`` could have been before it was read in a wrong encoding (kana and kanji)."""
    found = []
    for read_as, meant in _ROUTES:
        try:
            original = text.encode(read_as).decode(meant)
        except UnicodeError:
            continue
        original = original.rstrip("\ufffd")
        if original != text and _japanese(original):
            found.append(original)
    return tuple(dict.fromkeys(found))


def _japanese(text: str) -> bool:
    letters = [c for c in text if not c.isspace()]
    return bool(letters) and all(
        unicodedata.name(c, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC"))
        for c in letters
    )
