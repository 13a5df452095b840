"""個人番号 against the registry (MN): known, and its holder a resident."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_ASK = Text(
    "事業所に、個人番号カードまたは番号の記載された住民票で確認してもらい、届書を出し直してもらってください。",
    "Ask the employer to check the My Number card or a 住民票 with the number, and to file the form again.",
)


def _status_words(lang: str) -> pl.Expr:
    words = {
        "deceased": ("死亡", "deceased"),
        "moved_abroad": ("国外転出", "moved abroad"),
        "replaced": ("番号変更前の番号", "renumbered"),
    }
    return pl.col("r_status").replace({k: v[0 if lang == "ja" else 1] for k, v in words.items()})


RULES = (
    Rule(
        code="MN011",
        slug="number-unknown",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "この個人番号は住民票の台帳にありません。", "The registry does not know this My Number."
        ),
        hint=_ASK,
        why=Text(
            "検査用数字が偶然合う書き誤りか、台帳がまだ更新されていない可能性があります。",
            "A slip that happens to fit, or a registry that is not yet renewed.",
        ),
        source=("全件J-LIS照会(第174回医療保険部会 2024-01-19)",),
        inferred=True,
        cannot_see=Text(
            "台帳の基準日より後に番号が付いた人は、台帳にありません。",
            "People who got their number after the registry's as-of date are unknown.",
        ),
        when=pl.col("number").is_not_null() & ~pl.col("known") & pl.col("has_registry"),
        bad=(Example({}, registry=None),),
        good=(Example(), Example(without_registry=True)),
    ),
    Rule(
        code="MN012",
        slug="holder-not-current",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "この個人番号の持ち主は、住民票の台帳では「{status}」です。",
            'In the registry the holder of this number is "{status}".',
        ),
        params={"status": _status_words},
        hint=Text(
            "死亡・国外転出・番号変更のいずれかです。事業所に事実と新しい番号を確認してください。",
            "Ask the employer for the facts and, if the number was changed, for the new one.",
        ),
        why=Text(
            "持ち主が住民でない番号では、資格をオンラインで確認できません。",
            "A number whose holder is no resident cannot be linked.",
        ),
        source=("全件J-LIS照会(第174回医療保険部会 2024-01-19)",),
        inferred=True,
        cannot_see=Text(
            "届出が台帳の更新より新しい場合があります。", "The form may be newer than the registry."
        ),
        when=pl.col("holder_gone") & ~pl.col("is_removal"),
        bad=(
            Example(registry={"status": "deceased"}),
            Example(registry={"status": "moved_abroad"}),
            Example(registry={"status": "replaced"}),
        ),
        good=(
            Example(registry={"status": "resident"}),
            Example(
                {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"},
                registry={"status": "deceased"},
            ),
        ),
    ),
)
