"""What a clerk has decided before (CL): cleared, cleared too long ago, or something has changed.

The facts come from the ledger of ``--state``; without one no rule of this family speaks.
"""

from __future__ import annotations

import polars as pl

from validator.hold.clearing import Clearing
from validator.resources import load_toml
from validator.rules.model import Cleared, Effect, Example, Rule, Severity, Text

_TYPO = {"name_kana": "ミホン　ジロウ"}
_OTHER_TYPO = {"name_kana": "ミホン　サブロウ"}
_SOURCE = ("hold-path 7: 理由付き疑いなし",)
_CHANGED = (Clearing.FORM_CHANGED.value, Clearing.REGISTRY_CHANGED.value)


def _is(*kinds: str) -> pl.Expr:
    return pl.col("clearing").is_in(kinds)


def _day() -> pl.Expr:
    return pl.col("cleared_on").dt.to_string("%Y-%m-%d")


def _reason(lang: str) -> pl.Expr:
    words = {
        key: entry[lang] for key, entry in load_toml("codes/clearances.toml")["reasons"].items()
    }
    return pl.col("cleared_reason").replace(words)


def _side(lang: str) -> pl.Expr:
    words = {
        "form_changed": ("届書の内容", "form"),
        "registry_changed": ("台帳の内容", "registry"),
    }
    return pl.col("clearing").replace({k: v[0 if lang == "ja" else 1] for k, v in words.items()})


RULES = (
    Rule(
        code="CL001",
        slug="cleared-by-a-clerk",
        field=None,
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "{cleared_on} に「{cleared_reason}」により本人確認済のため、保留にしませんでした。",
            'Not held: confirmed on {cleared_on} to be the same person ("{cleared_reason}").',
        ),
        params={"cleared_on": _day(), "cleared_reason": _reason},
        hint=Text(
            "することはありません。届書か台帳の内容が変わるか、期限が過ぎると、また保留になります。",
            "Nothing to do. It will be held again when form or registry change, or in time.",
        ),
        why=Text(
            "同じ違いを、同じ人について、担当者に何度も確認させないためです。",
            "Nobody should have to confirm the same difference of the same person again and again.",
        ),
        source=_SOURCE,
        inferred=True,
        cannot_see=Text(
            "確認が正しかったかどうかは分かりません。担当者と理由の全文は、確認の台帳にあります。",
            "Whether the confirmation was right. The ledger has the clerk and the full reason.",
        ),
        when=_is(Clearing.CLEARED.value),
        bad=(Example(_TYPO, cleared=Cleared(_TYPO)),),
        good=(
            Example(_TYPO),
            Example(_TYPO, cleared=Cleared(_TYPO, days_ago=400)),
            Example(_OTHER_TYPO, cleared=Cleared(_TYPO)),
        ),
    ),
    Rule(
        code="CL002",
        slug="clearance-expired",
        field=None,
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "{cleared_on} の本人確認は期限を過ぎました。",
            "The confirmation of {cleared_on} has expired.",
        ),
        params={"cleared_on": _day()},
        hint=Text(
            "もう一度確認し、作業一覧に判定を記入してください。",
            "Please confirm again and enter the decision in the work list.",
        ),
        why=Text(
            "古い確認をいつまでも頼りにしないためです。期限は設定の [clearances] max_age_days です。",
            "No confirmation is relied on for ever: [clearances] max_age_days in the configuration.",
        ),
        source=_SOURCE,
        inferred=True,
        cannot_see=Text("なし。", "Nothing."),
        when=_is(Clearing.EXPIRED.value),
        bad=(Example(_TYPO, cleared=Cleared(_TYPO, days_ago=400)),),
        good=(Example(_TYPO, cleared=Cleared(_TYPO, days_ago=365)),),
    ),
    Rule(
        code="CL003",
        slug="changed-since-clearance",
        field=None,
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "{cleared_on} に本人確認済でしたが、その後{side}が変わったため、改めて保留にしました。",
            "Confirmed on {cleared_on}, but the {side} has changed since: held again.",
        ),
        params={"cleared_on": _day(), "side": _side},
        hint=Text(
            "新しい内容で、もう一度確認してください。",
            "Please confirm again with what it says now.",
        ),
        why=Text(
            "確認は、そのときの届書と台帳の内容についてだけ有効です。",
            "A confirmation holds only for what form and registry said at the time.",
        ),
        source=_SOURCE,
        inferred=True,
        cannot_see=Text(
            "届書と台帳の両方が変わった場合は、以前の確認と結び付けられません。",
            "Where both sides have changed, the earlier confirmation is not recognised.",
        ),
        when=_is(*_CHANGED),
        bad=(
            Example(_OTHER_TYPO, cleared=Cleared(_TYPO)),
            Example(_TYPO, {"name_kanji": "見本　次郎"}, cleared=Cleared(_TYPO)),
        ),
        good=(
            Example(_TYPO, cleared=Cleared(_TYPO)),
            Example(cleared=Cleared(_TYPO)),
        ),
    ),
)
