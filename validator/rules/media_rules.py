"""What the rules of all electronic media have in common: how a check becomes a declaration."""

from __future__ import annotations

import polars as pl

from validator.rules.media import FORM_NAMES
from validator.rules.media_conditions import condition_fact
from validator.rules.model import Effect, Example, Rule, Severity, Text

ASSOCIATION = pl.col("receiver") == "association"
PENSION_OFFICE = pl.col("receiver") == "pension_office"
NOTHING = Text("なし", "nothing")
_FIX = Text(
    "届書を作成したソフトで直し、ファイルを作り直してもらってください。",
    "Have it corrected in the software that made the file.",
)
_WHY = Text("公式の仕様チェックで誤りになる内容です。", "The official checker reports it.")


def amount(value: pl.Expr) -> pl.Expr:
    """An amount in yen; null where it is no number."""
    return value.cast(pl.Int64, strict=False)


def media_rule(
    code: str,
    slug: str,
    ja: str,
    en: str,
    when: pl.Expr,
    *,
    phrase: str,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    form: str | None = None,
    fact: str | None = None,
    field: str | None = None,
    severity: Severity = Severity.WARNING,
    effect: Effect = Effect.NONE,
    cannot_see: Text = NOTHING,
) -> Rule:
    """A rule for lines of one form (様式コード), or of all.

    ``phrase`` is how the official list of checks words it; ``fact`` the column that fills {items}.
    """
    applies = pl.col("is_media") if form is None else pl.col("media_code") == form
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=severity,
        effect=effect,
        message=Text(ja, en),
        hint=_FIX,
        why=_WHY,
        source=(
            f"電子申請におけるシステムの自動チェック({FORM_NAMES.get(form or '', '適用関係届書')})",
            phrase,
        ),
        cannot_see=cannot_see,
        when=applies & when.fill_null(value=False),
        params={} if fact is None else {"items": pl.col(fact)},
        bad=bad,
        good=good,
    )


def declared_rule(
    code: str,
    slug: str,
    ja: str,
    en: str,
    *,
    form: str,
    phrase: str,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    towards: pl.Expr | None = None,
    field: str | None = None,
    severity: Severity = Severity.WARNING,
) -> Rule:
    """A rule whose conditions stand in the layout of ``form``; its texts name {items}."""
    fact = condition_fact(code)
    broken = pl.col(fact).is_not_null()
    return media_rule(
        code,
        slug,
        ja,
        en,
        broken if towards is None else broken & towards,
        phrase=phrase,
        bad=bad,
        good=good,
        form=form,
        fact=fact,
        field=field,
        severity=severity,
    )
