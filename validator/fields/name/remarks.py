"""What people write beside a name: brackets, honorifics, former names, readings.

A remark never makes two names equal by itself: the name without it is compared, and the remark
is named as the reason of a near miss (contract section 3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN, _CLOSE = "([{<「『【〔〈《≪", ")\\]}>」』】〕〉》≫"
_OPEN_CLASS = re.escape(_OPEN)
_BRACKET = re.compile(f"[{_OPEN_CLASS}]([^{_CLOSE}]*)(?:[{_CLOSE}]|$)")
_FORMER = re.compile(
    r"[ ,、:]?(?:旧姓名|旧姓|旧氏名|旧氏|旧(?=:)|元姓|NEE\b|FORMERLY\b)[ :は]*(\S+.*)$"
)
_HONORIFIC = re.compile(
    r"(?<=.)[ ]?(?:様方|様|さま|サマ|殿|どの|さん|サン|氏|先生|君|くん|クン|ちゃん|チャン"
    r"|御中|女史)$"
)
_TITLE = re.compile(r"^(?:MR|MRS|MS|MISS|DR|PROF|SIR|故|氏名)[ :]+(?=\S)")
_ROLE = re.compile(
    r"[ ](?:本人|世帯主|代表者?|被保険者|配偶者|妻|夫|子|父|母|長男|長女|次男|次女|控)$"
)
_NUMBER = re.compile(r"(?<=\D)[ #№]*[0-9]+$|^[0-9]+[ .:)]*(?=\D)")

BRACKETS, FORMER_REMARK, HONORIFIC, ROLE, DIGITS = (
    "BRACKETS",
    "FORMER_REMARK",
    "HONORIFIC",
    "ROLE",
    "DIGITS",
)


@dataclass(frozen=True, slots=True)
class Remarked:
    """A name (spaced key) without one kind of remark, and what the remark said."""

    core: str
    code: str
    content: str
    in_middle: bool = False  # a name in closed brackets behind the family name, as 旧氏 is printed


def without_remarks(text: str) -> list[Remarked]:
    """The name without each kind of remark that it carries, and without all of them."""
    found: list[Remarked] = []
    core = text
    for code, strip in _STRIPPERS:
        bare, content = strip(core)
        if bare != core and bare:
            middle = code == BRACKETS and _is_registered_form(core)
            found.append(Remarked(bare, code, content, middle))
            core = bare
    return found


_PRINTED = re.compile(
    f"[^{_OPEN_CLASS}]+[{_OPEN_CLASS}]([々ぁ-ゖァ-ヺー\u3400-\u9fff]{{1,10}})[{_CLOSE}][^{_OPEN_CLASS}]+"
)


def _is_registered_form(text: str) -> bool:
    """田中[山田] 花子: the 住民票 prints a former surname between family name and given name."""
    found = _PRINTED.fullmatch(text)
    return found is not None and not is_remark(found[1])


def is_remark(words: str) -> bool:
    """Whether ``words`` beside a Latin name are a remark and no name in kanji."""
    probe = f"X {words}"
    return any(strip(probe)[0] != probe for code, strip in _STRIPPERS if code != BRACKETS)


def _brackets(text: str) -> tuple[str, str]:
    contents = _BRACKET.findall(text)
    if not contents:
        return text, ""
    content = " ".join(contents).strip()
    # A name that stands in brackets as a whole is the name.
    return _tidy(_BRACKET.sub(" ", text)) or content, content


def _bracket_of_a_former_name(text: str) -> tuple[str, str]:
    """(旧姓鈴木) is a remark on a former name, whatever brackets it stands in."""
    contents = _BRACKET.findall(text)
    if not any(_FORMER.match(content) for content in contents):
        return text, ""
    bare, content = _brackets(text)
    return bare, _FORMER.sub(r"\1", content)


def _former(text: str) -> tuple[str, str]:
    found = _FORMER.search(text)
    # 旧 can be the first character of a family name.
    return (_tidy(text[: found.start()]), found[1]) if found and found.start() > 0 else (text, "")


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    return _tidy(pattern.sub("", text, count=1)), ""


def _tidy(text: str) -> str:
    return " ".join(text.split())


_STRIPPERS = (
    (FORMER_REMARK, _bracket_of_a_former_name),
    (BRACKETS, _brackets),
    (FORMER_REMARK, _former),
    (HONORIFIC, lambda text: _cut(_HONORIFIC, text)),
    (HONORIFIC, lambda text: _cut(_TITLE, text)),
    (ROLE, lambda text: _cut(_ROLE, text)),
    (DIGITS, lambda text: _cut(_NUMBER, text)),
)
