"""カナ氏名 (KN)."""

from __future__ import annotations

from functools import partial

import polars as pl

from validator.fields.steps import step_words
from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_STATE = pl.col("kana_state")
_LEVEL = pl.col("level_name_kana")
_STEP_WORDS = {"steps": partial(step_words, "steps_name_kana")}
_ASK = Text(
    "氏名の読みを、事業所に確認してください。", "Ask the employer for the reading of the name."
)

RULES = (
    Rule(
        code="KN001",
        slug="kana-name-missing",
        field="name_kana",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("カナ氏名がありません。", "The kana name is missing."),
        hint=_ASK,
        why=Text("5項目の一つです。", "One of the five items."),
        source=("QA-01", "2200700 項番7「入力されていること」"),
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & (_STATE == "blank"),
        bad=(Example({"name_kana": None}),),
        good=(Example(),),
    ),
    Rule(
        code="KN002",
        slug="kana-name-without-kana",
        field="name_kana",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "カナ氏名の欄に、かなが一つもありません。", "The kana field holds no kana at all."
        ),
        hint=_ASK,
        why=Text(
            "列の取り違えや、英字のままの入力が疑われます。",
            "Columns may be swapped, or Latin letters were left.",
        ),
        source=("2200700 項番7「半角カナであること」",),
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & (_STATE == "no_kana"),
        bad=(
            Example({"name_kana": "MIHON TARO"}),
            Example({"name_kana": "12345"}),
            Example({"name_kana": "MIHON TARO"}, without_registry=True),
        ),
        good=(Example({"name_kana": "ﾐﾎﾝ ﾀﾛｳ"}),),
    ),
    Rule(
        code="KN003",
        slug="kana-name-with-kanji",
        field="name_kana",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("カナ氏名の欄に、漢字があります。", "The kana field holds kanji."),
        hint=_ASK,
        why=Text(
            "漢字氏名と列が入れ替わっている可能性があります。",
            "The two name columns may be swapped.",
        ),
        source=("2200700 項番7「半角カナであること」",),
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & (_STATE == "kanji"),
        bad=(
            Example({"name_kana": "見本 太郎"}),
            Example({"name_kana": "ミホン 太郎"}),
            Example({"name_kana": "ミホン 太郎"}, without_registry=True),
        ),
        good=(Example({"name_kana": "ミホン　タロ一"}, registry={"name_kana": "ミホン　タロー"}),),
    ),
    Rule(
        code="KN004",
        slug="kana-name-other-characters",
        field="name_kana",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "カナ氏名に、読みには使わない文字があります。",
            "The kana name holds characters that belong to no reading.",
        ),
        hint=_ASK,
        why=Text("数字や記号が混ざっています。", "Digits or signs are mixed in."),
        source=("2200700 入力不可文字検出",),
        cannot_see=_NOTHING,
        when=_STATE == "other",
        bad=(
            Example({"name_kana": "ミホン　タロウ１"}),
            Example({"name_kana": "ミホン　タロウ１"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="KN005",
        slug="kana-name-no-separator",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "カナ氏名の氏と名の間に空白がありません。", "Family and given name are not separated."
        ),
        hint=Text(
            "照合には影響しません。電子媒体では半角空白を1つ入れます。",
            "It does not matter for the comparison.",
        ),
        why=Text(
            "仕様チェックでは「氏名項目形式不正」になります。",
            "The official checker reports 氏名項目形式不正.",
        ),
        source=("2200700 項番7(姓名間セパレータ)",),
        cannot_see=_NOTHING,
        when=(_STATE != "blank") & ~pl.col("name_kana").str.strip_chars().str.contains(r"\s"),
        bad=(Example({"name_kana": "ミホンタロウ"}),),
        good=(Example(), Example({"name_kana": None})),
    ),
    Rule(
        code="KN006",
        slug="kana-name-not-kana-on-other-form",
        field="name_kana",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("カナ氏名の欄が、かなではありません。", "The kana field is not in kana."),
        hint=_ASK,
        why=Text(
            "加入の届書ではないため、返戻にはしません。",
            "Not an addition to membership, so it is not returned.",
        ),
        source=("2200700 項番7に準ずる",),
        cannot_see=_NOTHING,
        when=~pl.col("is_addition") & _STATE.is_in(["no_kana", "kanji"]),
        bad=(
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "name_kana": "見本 太郎",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
            Example({"form": "kakuninsho_kofu", "name_kana": "MIHON TARO"}),
            Example(
                {"form": "kakuninsho_kofu", "certificate_reason": "F", "name_kana": "MIHON TARO"},
                without_registry=True,
            ),
        ),
        good=(Example(),),
    ),
    Rule(
        code="KN010",
        slug="kana-name-notation",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "カナ氏名は書き方だけが違い、同じ読みです({steps})。",
            "The kana name differs in notation only ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text("認められた正規化で一致しました。", "Equal after an allowed normalisation."),
        source=(
            "2025-05-26 以前の住民票のカナには公証力がなく、小書きや ヂ・ジ の表記が揺れている",
        ),
        inferred=True,
        cannot_see=Text(
            "2025年5月以降に届け出られた正式な読みとの違いかどうかは分かりません。",
            "Whether the official reading since 2025 differs cannot be seen.",
        ),
        when=(_LEVEL == "equivalent") & ~pl.col("steps_name_kana").str.contains("ALIAS"),
        bad=(Example({"name_kana": "ﾐﾎﾝ ﾀﾛｳ"}), Example({"name_kana": "みほん たろう"})),
        good=(Example(),),
    ),
    Rule(
        code="KN011",
        slug="kana-name-alias",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "カナ氏名は、住民票に記載された通称の読みです。",
            "The kana name is the reading of the registered alias.",
        ),
        hint=Text(
            "通称は氏名(その他)欄に登録します。", "Register the alias in the field for other names."
        ),
        why=Text("通称も本人の名です。", "An alias is the person's own name."),
        source=("住民基本台帳法施行令 第30条の16",),
        cannot_see=_NOTHING,
        when=(_LEVEL == "equivalent") & pl.col("steps_name_kana").str.contains("ALIAS"),
        bad=(
            Example(
                {"name_kanji": "青空　太郎", "name_kana": "アオゾラ　タロウ"},
                registry={
                    "name_kanji": "NGUYEN VAN ANH",
                    "name_kana": "グエン　ヴァン　アイン",
                    "alias_kanji": "青空　太郎",
                    "alias_kana": "アオゾラ　タロウ",
                },
            ),
        ),
        good=(Example(), Example({"name_kana": "ﾐﾎﾝ ﾀﾛｳ"})),
    ),
    Rule(
        code="KN012",
        slug="kana-of-alias-unknown",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "漢字氏名は通称と一致しますが、台帳に通称の読みがないため、カナ氏名は比べていません。",
            "The registry lacks the reading of the alias, so the kana was not compared.",
        ),
        hint=Text(
            "対応は不要です。カナは通称の読みとして成り立ちます。",
            "Nothing to do: the kana is a plausible reading of the alias.",
        ),
        why=Text(
            "通称の読みは台帳にないことがあります。", "The reading of an alias is often not kept."
        ),
        source=("住民基本台帳法施行令 第30条の16",),
        inferred=True,
        cannot_see=Text("通称の正しい読みは分かりません。", "Which reading is right."),
        when=(_LEVEL == "undecidable") & pl.col("steps_name_kana").str.contains("ALIAS"),
        bad=(
            Example(
                {"name_kanji": "青空　太郎", "name_kana": "アオゾラ　タロウ"},
                registry={
                    "name_kanji": "NGUYEN VAN ANH",
                    "name_kana": "グエン　ヴァン　アイン",
                    "alias_kanji": "青空　太郎",
                },
            ),
        ),
        good=(Example(), Example(registry={"name_kana": None})),
    ),
    Rule(
        code="KN020",
        slug="kana-name-differs",
        field="name_kana",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "カナ氏名が住民票の台帳と違います({steps})。",
            "The kana name differs from the registry ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=_ASK,
        why=Text("書き方の違いでは説明できません。", "No allowed normalisation explains it."),
        source=("2023-09-07 J-LIS照会 区分2", "QA-02"),
        cannot_see=Text(
            "2025〜26年に台帳の読みが届出で変わった場合があります。",
            "The registry's reading may have been newly recorded in 2025–26.",
        ),
        when=_LEVEL == "different",
        bad=(Example({"name_kanji": "別人　花子", "name_kana": "ベツジン　ハナコ"}),),
        good=(Example(),),
    ),
    Rule(
        code="KN021",
        slug="kana-name-similar",
        field="name_kana",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "カナ氏名が住民票の台帳と少し違います({steps})。",
            "The kana name is close to the registry but not equal ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=Text(
            "濁点や1文字の違いは、別の読みのことも書き誤りのこともあります。事業所に読みを確認してください。",
            "A voicing mark or one letter may be another reading or a slip: ask the employer.",
        ),
        why=Text(
            "タカタとタカダのように、濁点だけで別の読みになります。",
            "One voicing mark makes another reading.",
        ),
        source=("2023-09-07 J-LIS照会 区分2", "QA-02"),
        cannot_see=_NOTHING,
        when=_LEVEL == "similar",
        bad=(Example({"name_kana": "ミボン　タロウ"}), Example({"name_kana": "ミホン　タロ"})),
        good=(Example(),),
    ),
)
