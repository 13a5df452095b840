"""The key of an address: what is left of it once every way of writing counts as one.

`padded` folds and keeps account of every written character (marks.py); `bare` takes the marks away;
account.py turns a number of key characters back into a number of written ones. Town names of the
gazetteer and addresses go through the same fold, so what it does to a name is no matter as
long as it does the same in an address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from validator.fields.address.parse.characters import (
    fine_patterns,
    patterns,
    patterns_for,
)
from validator.fields.address.parse.marks import ADDED, ALL, BORDER, DROPPED, GAP, UNCOUNTED
from validator.fields.text import HYPHENS, VARIATION_SELECTORS, drop_spaces, fold_width

# (which texts a family of rules can concern, before any family is applied; its rules in order)
Rules = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_FEW = 500
_ARABIC = "[0-9０-９]"
_KANJI = "[〇一二三四五六七八九十百千]"
_NUMERAL = "[0-9０-９〇一二三四五六七八九十百千]"
_SPACE = r"[\s\u00a0\u3000\u2800\u3164、，,､]"
_MARKS = f"[{UNCOUNTED}]"
# A kanji numeral that a name goes on with.
_NAMED = f"({_KANJI}+[^{_KANJI[1:-1]}{HYPHENS[1:]}0-9０-９丁番号条のノ\\s\u3000(（#＃、-])"
_WORDS = "丁目|町目|番地|番|号|条|地割"

# Before the characters are folded: rules that need to know how a number was written.
_BEFORE: Rules = (
    (
        f"[^ァ-ヺぁ-ゖｦ-ﾟーｰ0-9０-９][ーｰ]{_ARABIC}",
        # 豊洲ー1: behind a name that does not end in kana it is a hyphen.
        ((f"([^ァ-ヺぁ-ゖｦ-ﾟーｰ0-9０-９])[ーｰ]({_ARABIC})", "${1}-${2}"),),
    ),
    (
        f"{_ARABIC}[{HYPHENS}ーｰ]?{_KANJI}|{_ARABIC}[ーｰ]|{_KANJI}{_ARABIC}",
        (
            # 2一3 and 2ー3: a look-alike typed for the hyphen (twice: neighbours share a digit).
            (f"({_ARABIC})[ー一ｰ]({_ARABIC})", "${1}-${2}"),
            (f"({_ARABIC})[ー一ｰ]({_ARABIC})", "${1}-${2}"),
            (f"({_ARABIC})({_KANJI})", f"${{1}}{BORDER}{ADDED}${{2}}"),
            (f"({_KANJI})({_ARABIC})", f"${{1}}-{ADDED}${{2}}"),
            # 2-三田ハイツ: a name, unless the numeral goes on as a number does.
            (f"({_ARABIC}[{HYPHENS}ーｰ]){_NAMED}", f"${{1}}{BORDER}{ADDED}${{2}}"),
        ),
    ),
    (
        f"(?:番地?|号){_KANJI}",
        ((f"({_NUMERAL}(?:番地?|号)){_NAMED}", f"${{1}}{BORDER}{ADDED}${{2}}"),),
    ),
    (
        f"{_NUMERAL}{_SPACE}+(?:{_NUMERAL}|{_WORDS})",
        (
            (f"({_NUMERAL}){_SPACE}({_SPACE}*{_NUMERAL})", f"${{1}}{GAP}${{2}}"),
            (f"({_NUMERAL}){_SPACE}({_SPACE}*{_NUMERAL})", f"${{1}}{GAP}${{2}}"),
            # 12 丁目: the space goes before the last digit, where it parts nothing.
            (f"({_NUMERAL})({_SPACE}+)({_WORDS})", "${2}${1}${3}"),
        ),
    ),
    (
        "第",
        (
            # Behind a number it begins a building: 100番地第2ハイツ.
            (f"({_NUMERAL}|番地|番|号|[{HYPHENS}])({_SPACE}*)第", f"${{1}}${{2}}{BORDER}"),
            (f"第({_NUMERAL})", f"{DROPPED}${{1}}"),
        ),
    ),
)
# After it: rules that need digits and words in one form.
_AFTER: Rules = (
    ("[0-9A-Z]ー", (("([0-9A-Z])ー", "${1}-"),)),
    # 51字 is a name of its own, every other 字 a mark that may be left out.
    ("字", (("(^|[^0-9])字", f"${{1}}{DROPPED}"),)),
    ("[0-9]丁", ((f"([0-9])丁([-0-9{ALL}]|$)", "${1}-${2}"),)),
    (
        f"[-ー丁][-ー丁字{UNCOUNTED}]*[-ー丁]",
        ((f"-({_MARKS}*)-", f"-${{1}}{DROPPED}"), (f"-({_MARKS}*)-", f"-${{1}}{DROPPED}")),
    ),
    ("(?:^|[^0-9])0[0-9]", (("(^|[^0-9])0([0-9])", f"${{1}}{DROPPED}${{2}}"),) * 4),
)


def padded(written: pl.Series) -> pl.Series:
    """``written`` (no nulls) folded, with its account of dropped and added characters."""
    text = written.alias("t")
    stray, *concerned = _flags(text, (f"[{ALL}]", *(where for where, _ in _BEFORE)))
    if stray.any():
        text = text.str.replace_all(f"[{ALL}]", "\ufffd")
    text = _formal_numerals(_apply(text, _BEFORE, concerned))
    few = len(text) <= _FEW
    table = patterns_for(text) if few else patterns()
    if len(table[0]):
        text = text.to_frame().select_seq(
            pl.col("t").str.replace_many(*table, leftmost=True)
        ).to_series()  # fmt: skip
    return _apply(text, _AFTER, _flags(text, [where for where, _ in _AFTER]))


def _flags(text: pl.Series, patterns: Sequence[str]) -> list[pl.Series]:
    """Which texts each family of rules may concern, asked before any of them is applied."""
    asked = [pl.col("t").str.contains(pattern).alias(str(i)) for i, pattern in enumerate(patterns)]
    frame = text.to_frame()
    return (frame.select_seq(asked) if len(text) <= _FEW else frame.select(asked)).get_columns()


_FORMAL = str.maketrans("壱弐参拾", "一二三十")
_FORMAL_DIGITS = "[壱弐参拾一二三四五六七八九十百千]"
_FORMAL_NUMBER = re.compile(
    f"{_FORMAL_DIGITS}+(?=丁目|番|号)|(?:(?<=番地)|(?<=号の)){_FORMAL_DIGITS}+$"
)


def _formal_numerals(text: pl.Series) -> pl.Series:
    """弐拾七番: the numerals of deeds, of which a name may be made elsewhere (参宮橋)."""
    concerned = text.str.contains(f"[壱弐参拾]{_FORMAL_DIGITS}*(?:丁目|番|号|$)").arg_true()
    if not len(concerned):
        return text
    plain = [
        _FORMAL_NUMBER.sub(lambda found: found.group().translate(_FORMAL), one)
        for one in text.gather(concerned)
    ]
    return text.clone().scatter(concerned, pl.Series(plain))


def _apply(text: pl.Series, families: Rules, concerned: list[pl.Series]) -> pl.Series:
    """Each family of rules, on the few texts that it concerns."""
    for (_, rules), flags in zip(families, concerned, strict=True):
        if not flags.any():
            continue
        at = flags.arg_true()
        changed = pl.col("t").gather(at)
        for pattern, replacement in rules:
            changed = changed.str.replace_all(pattern, replacement)
        # scatter changes a series in place
        text = text.clone().scatter(at, text.to_frame().select_seq(changed).to_series())
    return text


def bare(text: pl.Series) -> pl.Series:
    """A padded text without its marks: the key."""
    return text.str.replace_many([DROPPED, ADDED], ["", ""])


def key(written: pl.Series) -> pl.Series:
    """The key of each text, without the hyphen that a closing number word leaves behind."""
    return bare(padded(written.fill_null(""))).str.strip_suffix("-")


def fine(written: pl.Expr) -> pl.Expr:
    """The text as towns with one key are told apart: 大字, つ/ツ and forms of kanji stay."""
    plain = drop_spaces(fold_width(written.str.replace_all(VARIATION_SELECTORS, "")))
    return plain.map_batches(
        lambda text: text.str.replace_many(*fine_patterns(), leftmost=True), return_dtype=pl.String
    )
