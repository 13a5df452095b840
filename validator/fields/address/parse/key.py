"""The key of an address: what is left of it once every way of writing counts as one.

`padded` folds and keeps account of every written character (marks.py); `bare` takes the marks away;
`written_length` turns a number of key characters back into a number of written ones. Town names of
the gazetteer and addresses go through the same fold, so what it does to a name is no matter as
long as it does the same in an address.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.parse.characters import (
    fine_patterns,
    patterns,
    patterns_for,
)
from validator.fields.address.parse.marks import ADDED, ALL, BORDER, DROPPED, GAP, UNCOUNTED
from validator.fields.text import HYPHENS, VARIATION_SELECTORS, drop_spaces, fold_width

# (which texts a family of rules concerns, its rules in order)
Rules = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

_FEW = 2_000
_ARABIC = "[0-9０-９]"
_KANJI = "[〇一二三四五六七八九十百千]"
_NUMERAL = "[0-9０-９〇一二三四五六七八九十百千]"
_SPACE = r"[\s\u00a0\u3000\u2800\u3164、，,､]"
_MARKS = f"[{UNCOUNTED}]"
# A kanji numeral that a name goes on with.
_NAMED = f"({_KANJI}+[^{_KANJI[1:-1]}{HYPHENS[1:]}0-9０-９丁番号条のノ-])"
_WORDS = "丁目|町目|番地|番|号|条|地割"

# Before the characters are folded: rules that need to know how a number was written.
_BEFORE: Rules = (
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
            (f"({_NUMERAL}|番地|番|号|[{HYPHENS}])第", f"${{1}}{BORDER}"),
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
        f"-{_MARKS}*-",
        ((f"-({_MARKS}*)-", f"-${{1}}{DROPPED}"), (f"-({_MARKS}*)-", f"-${{1}}{DROPPED}")),
    ),
    ("(?:^|[^0-9])0[0-9]", (("(^|[^0-9])0([0-9])", f"${{1}}{DROPPED}${{2}}"),) * 4),
)


def padded(written: pl.Series) -> pl.Series:
    """``written`` folded, with its account of dropped and added characters."""
    text = written
    if text.str.contains(f"[{ALL}]").any():
        text = text.str.replace_all(f"[{ALL}]", "\ufffd")
    text = _apply(text, _BEFORE)
    table = patterns() if len(text) > _FEW else patterns_for(text.to_list())
    if table[0]:
        text = text.str.replace_many(*table, leftmost=True)
    return _apply(text, _AFTER)


def _apply(text: pl.Series, families: Rules) -> pl.Series:
    """Each family of rules, on the few texts that it concerns."""
    for where, rules in families:
        concerned = text.str.contains(where).fill_null(value=False).arg_true()
        if len(concerned):
            text = text.clone()  # scatter changes a series in place
            changed = text.gather(concerned)
            for pattern, replacement in rules:
                changed = changed.str.replace_all(pattern, replacement)
            text = text.scatter(concerned, changed)
    return text


def bare(text: pl.Expr) -> pl.Expr:
    """A padded text without its marks: the key."""
    return text.str.replace_many([DROPPED, ADDED], ["", ""])


def key(written: pl.Series) -> pl.Series:
    """The key of each text, without the hyphen that a closing number word leaves behind."""
    return (
        padded(written)
        .to_frame("text")
        .select(bare(pl.col("text")).str.strip_suffix("-"))
        .to_series()
    )


def fine(written: pl.Expr) -> pl.Expr:
    """The text as towns with one key are told apart: 大字, つ/ツ and forms of kanji stay."""
    plain = drop_spaces(fold_width(written.str.replace_all(VARIATION_SELECTORS, "")))
    return plain.map_batches(
        lambda text: text.str.replace_many(*fine_patterns(), leftmost=True), return_dtype=pl.String
    )


def padded_length(text: pl.Series, key_length: pl.Series) -> pl.Series:
    """How many characters of each padded text the first ``key_length`` of its key take up.

    Marks behind the last of them are counted with it.
    """
    length = key_length.cast(pl.Int64)
    frame = pl.DataFrame({"text": text, "key": length, "length": length}).with_row_index("row")
    frame = frame.filter(
        pl.col("text").str.contains(DROPPED, literal=True)
        | pl.col("text").str.contains(ADDED, literal=True)
    )
    settled: list[pl.DataFrame] = []
    while frame.height:
        frame = frame.with_columns(
            longer=pl.col("key")
            + pl.col("text").str.slice(0, pl.col("length")).str.count_matches(_MARKS)
        )
        steady = pl.col("longer") == pl.col("length")
        settled.append(frame.filter(steady))
        frame = frame.filter(~steady).with_columns(length="longer")
    if not settled:
        return length
    found = pl.concat(settled)
    rest = pl.col("text").str.slice(pl.col("length"))
    found = found.select(
        "row",
        pl.col("length")
        + rest.str.len_chars().cast(pl.Int64)
        - rest.str.strip_chars_start(UNCOUNTED).str.len_chars().cast(pl.Int64),
    )
    return length.scatter(found["row"], found["length"])


def written_length(text: pl.Expr, padded_length: pl.Expr) -> pl.Expr:
    """How many written characters the first ``padded_length`` of a padded text stand for."""
    added = text.str.slice(0, padded_length).str.count_matches(ADDED, literal=True)
    return padded_length - 2 * added.cast(pl.Int64)
