"""性別 (SX)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_ASK = Text(
    "届書の原本で性別を確認し、1(男)または2(女)で出し直してもらってください。",
    "Have it checked and filed as 1 (male) or 2 (female).",
)

RULES = (
    Rule(
        code="SX001",
        slug="sex-missing",
        field="sex",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("性別がありません。", "The sex is missing."),
        hint=_ASK,
        why=Text("5項目の一つです。", "One of the five items."),
        source=("QA-01", "2200700 項番11"),
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & (pl.col("sex_state") == "blank"),
        bad=(Example({"sex": None}),),
        good=(Example(),),
    ),
    Rule(
        code="SX002",
        slug="sex-unknown-code",
        field="sex",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("性別のコードが正しくありません。", "The sex code is unknown."),
        hint=_ASK,
        why=Text(
            "確実に読めるのは 1・男・男性・M、2・女・女性・F だけです。",
            "Only 1, 男, 男性, M and 2, 女, 女性, F are certain.",
        ),
        source=("2200700 項番11 種別", "本プロジェクトの定め"),
        cannot_see=_NOTHING,
        when=pl.col("sex_state") == "unknown",
        bad=(
            Example({"sex": "9"}),
            Example({"sex": "X"}),
            Example({"sex": "3"}),
            Example({"sex": "9"}, without_registry=True),
        ),
        good=(Example({"sex": "男"}), Example({"sex": "ｍ"})),
    ),
    Rule(
        code="SX020",
        slug="sex-differs",
        field="sex",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text("性別が住民票の台帳と違います。", "The sex differs from the registry."),
        hint=Text(
            "コードの入れ違いか、家族など別人の番号です。他の項目が一致していれば入力誤りの可能性が高いです。",
            "A wrong code, or the number of a family member; if all else agrees a slip is likely.",
        ),
        why=Text("性別の違いは区分1として扱われます。", "It counts as class 1."),
        source=("2023-09-07 J-LIS照会 区分1", "QA-02"),
        cannot_see=_NOTHING,
        when=pl.col("level_sex") == "different",
        bad=(Example({"sex": "2"}), Example({"sex": "女性"})),
        good=(Example({"sex": "Ｍ"}),),
    ),
)
