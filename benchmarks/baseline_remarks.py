"""The baseline's remarks: what stands beside a name, and what stands in its place.

A remark never makes two names one, except a name in brackets that the registry accounts for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from benchmarks.baseline_fields import code_table

_OPEN, _CLOSE = re.escape("([{<「『【〔〈《≪"), re.escape(")]}>」』】〕〉》≫")
_BRACKET = re.compile(f"[{_OPEN}]([^{_CLOSE}]*)(?:[{_CLOSE}]|$)")
_FORMER_NAME = re.compile(
    r"[ ,、:]?(?:旧姓名|旧姓|旧氏名|旧氏|旧(?=:)|元姓|NEE\b|FORMERLY\b)[ :は]*\S"
)
_OTHER_REMARKS = (
    re.compile(
        r"(?<=.)[ ]?(?:様方|様|さま|サマ|殿|どの|さん|サン|氏|先生|君|くん|クン|ちゃん|チャン"
        r"|御中|女史)$"
    ),
    re.compile(r"^(?:MR|MRS|MS|MISS|DR|PROF|SIR|故|氏名)[ :]+(?=\S)"),
    re.compile(
        r"[ ](?:本人|世帯主|代表者?|被保険者|配偶者|妻|夫|子|父|母|長男|長女|次男|次女|控)$"
    ),
    re.compile(r"(?<=\D)[ #№]*[0-9]+$|^[0-9]+[ .:)]*(?=\D)"),
)
# 田中[山田] 花子: as a 住民票 prints a former surname.
_PRINTED = re.compile(
    f"[^{_OPEN}]+[{_OPEN}]([々ぁ-ゖァ-ヺー\u3400-\u9fff]{{1,10}})[{_CLOSE}][^{_OPEN}]+"
)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def has_remark(words: str) -> bool:
    """Whether a name carries a remark that stands in no brackets."""
    former = _FORMER_NAME.search(words)
    if former and words[: former.start()].strip():
        return True
    bare = (_tidy(remark.sub("", words, count=1)) for remark in _OTHER_REMARKS)
    return any(text and text != words for text in bare)


def is_remark(words: str) -> bool:
    """Whether ``words`` that stand beside a name are a remark and no name."""
    return has_remark(f"X {words}")


def without_registered_form(words: str) -> str | None:
    """A registry's name without the former surname that it prints in brackets, or None."""
    printed = _PRINTED.fullmatch(words)
    if printed is None or is_remark(printed[1]):
        return None
    return _tidy(_BRACKET.sub(" ", words))


def accounted_for(
    words: str, is_known: Callable[[str], bool], *, in_registry: bool
) -> tuple[list[str], bool]:
    """The name, and without its brackets if the registry accounts for what stands in them.

    Also whether no other remark is left then.
    """
    said = _BRACKET.findall(words)
    if any(map(_FORMER_NAME.match, said)):
        return [words], False
    texts = [words]
    content = " ".join(said).strip()
    bare = _tidy(_BRACKET.sub(" ", words)) or content
    if said and bare and bare != words:
        printed = in_registry and without_registered_form(words) is not None
        if not (printed or is_known(content)):
            return texts, False
        texts.append(bare)
    return texts, not has_remark(texts[-1])


# --- no name at all ------------------------------------------------------------------------

_TRACES_OF_BYTES = re.compile(
    "[縺繧繝縲]|[螟驛譁逕螻蜷髮驥].*[螟驛譁逕螻蜷髮驥縺繧繝縲ｱ-ﾝ]"
    "|[ãâäåæçèé][\u0080-\u00bf‚-™]|\ufffd|ï¿½|[\u0080-\u009f]|[¡-©«-´¶-¹»-¿×÷].*[À-ÿ¡-¿]"
    "|[｡｢｣､@{}|$%\\\\÷×]"
)
_LETTER = re.compile(r"[^\W\d_]")


@cache
def _no_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = code_table("codes/name_words.toml")
    ahead, nothing, company = (
        "|".join(map(re.escape, words[kind]))
        for kind in ("field_words", "null_words", "company_words")
    )
    letters, latin = "".join(words["company_letters"]), "|".join(words["company_latin"])
    return (
        re.compile(rf"(?:(?:{ahead})(?:が|は)?)?(?:{nothing}|X{{3,}}|×+|[*]+)", re.IGNORECASE),
        re.compile(rf"{company}|\((?:[{letters}])\)|\b(?:{latin})\b", re.IGNORECASE),
    )


def is_no_name(words: str, written: str) -> bool:
    """A word for nothing, a company, no letter at all, or bytes in a wrong encoding."""
    nothing, company = _no_names()
    return bool(
        _TRACES_OF_BYTES.search(written)
        or nothing.fullmatch(words.strip(" -*.…ー()[]{}「」『』【】〔〕〈〉《》。、"))
        or not _LETTER.search(words)
        or company.search(words)
    )
