"""Short declarations for the rules of the ten forms, and the conditions many of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

NOTHING = ("なし", "nothing")
Both = tuple[str, str]

RECEIVED = pl.coalesce("received", "as_of")
APPLICATION = pl.col("form") == "kakuninsho_kofu"
LOSS_FORM = pl.col("form") == "shikaku_soshitsu"
LOSS_REPORT = pl.col("form") == "kakuninsho_funshitsu"
LATER_LOSS_REPORT = pl.col("form") == "kakuninsho_funshitsu_soshitsugo"
DEPENDANT_FORM = (pl.col("form") == "hifuyosha_ido") & ~pl.col("is_insured_block")
REMOVAL_OF_DEPENDANT = DEPENDANT_FORM & pl.col("is_removal")
NEW_DEPENDANT = DEPENDANT_FORM & pl.col("is_addition")
# What a 変更項目 calls a name.
NAMES_A_NAME = "(?i)氏名|姓|名前|氏$|^氏|name|フリガナ|ふりがな|カナ|読み"


def given(column: str) -> pl.Expr:
    """True where the column holds more than spaces."""
    return pl.col(column).str.contains(r"[^\s　]").fill_null(value=False)


def mentions(name: str) -> pl.Expr:
    """True where a free text of the record speaks of ``name`` (schemas/codes/mentions.toml)."""
    return pl.col("mentions").str.contains(f"|{name}|", literal=True).fill_null(value=False)


def flag(column: str, state: str = "yes") -> pl.Expr:
    """True where the flag of ``column`` is ``state``."""
    return (pl.col(f"{column}_flag") == state).fill_null(value=False)


def finding(
    code: str,
    slug: str,
    field: str,
    severity: Severity,
    message: Both,
    hint: Both,
    why: Both,
    source: tuple[str, ...],
    when: pl.Expr,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    *,
    effect: Effect = Effect.NONE,
    cannot_see: Both = NOTHING,
    params: Mapping[str, pl.Expr | Callable[[str], pl.Expr]] | None = None,
    suggestion: pl.Expr | None = None,
    inferred: bool = False,
) -> Rule:
    """A rule that by default decides nothing."""
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=severity,
        effect=effect,
        message=Text(*message),
        hint=Text(*hint),
        why=Text(*why),
        source=source,
        cannot_see=Text(*cannot_see),
        when=when,
        params=params or {},
        suggestion=suggestion,
        bad=bad,
        good=good,
        inferred=inferred,
    )
