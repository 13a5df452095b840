"""Text steps that several items share, as polars expressions.

Comparison copies only: what was submitted is never changed. NFKC is used with its known
traps closed: U+309B/U+309C (spacing voiced marks) would become a space plus a combining
mark, so they are turned into the combining marks first; invisible characters and variation
selectors are taken out by name, not by NFKC.
"""

from __future__ import annotations

import polars as pl

# Zero-width characters, BOM, soft hyphen, bidi controls: nothing a reader can see.
INVISIBLE = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
# Standardised and ideographic variation selectors (IVS): another glyph of the same character.
VARIATION_SELECTORS = "[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d]"
SPACES = "[\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u2800\u3164\uffa0]"
# Everything that people type where a hyphen is meant; U+30FC only counts in some contexts.
HYPHENS = (
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d\u02d7\u207b"
)

# What NFKC may change in Japanese text: all but ASCII, plain kana and unified ideographs, twelve
# of which stand among the compatibility ideographs (﨑 is one).
_UNIFIED = (
    "一-鿿々㐀-䶿\U00020000-\U0002f7ff\U00030000-\U0003ffff"
    "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
)
_UNCHANGED_SIGNS = "〻〆ゝゞヽヾㇰ-ㇿ〜−‐‒–—―─●〓□\U0001b001-\U0001b122"
WIDTH_TOUCHES = f"[^ -~ぁ-ゖァ-ヺー・{_UNCHANGED_SIGNS}{_UNIFIED}]"

_SEEN = f"[^{SPACES[1:-1]}{INVISIBLE[1:-1]}]"

_SPACING_MARKS = ["\u309b", "\u309c", "\uff9e", "\uff9f"]
_COMBINING_MARKS = ["\u3099", "\u309a", "\u3099", "\u309a"]


def is_blank(column: str) -> pl.Expr:
    """True where nothing but spaces and invisible characters was given."""
    return pl.col(column).is_null() | ~pl.col(column).str.contains(_SEEN)


def fold_width(text: pl.Expr) -> pl.Expr:
    """NFKC after its voiced-mark trap is closed and invisible characters are gone."""
    return (
        text.str.replace_many(_SPACING_MARKS, _COMBINING_MARKS)
        .str.replace_all(INVISIBLE, "")
        .str.normalize("NFKC")
    )


def drop_spaces(text: pl.Expr) -> pl.Expr:
    """Without any kind of space."""
    return text.str.replace_all(SPACES, "")


def squeeze_spaces(text: pl.Expr) -> pl.Expr:
    """Each run of spaces becomes one ASCII space; none at the ends."""
    return text.str.replace_all(f"{SPACES}+", " ").str.strip_chars(" ")
