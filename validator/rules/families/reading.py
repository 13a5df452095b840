"""Whether the kana name can be read from the kanji name (KN): notes only, never an error.

Since 2025-05-26 a reading must be one that is generally accepted, which is wide, and readings
already in use may be kept: so a reading that no dictionary knows may well be right.
"""

from __future__ import annotations

import polars as pl

from validator.fields.reading.tiers import PLAUSIBLE
from validator.rules.model import Effect, Example, Rule, Severity, Text

_SUBMITTED, _REGISTRY = pl.col("reading_tier"), pl.col("registry_reading_tier")
_KANJI_FINE = pl.col("level_name_kanji").is_in(["same", "equivalent"])
_LAW = ("戸籍法 第13条(2025-05-26 施行)", "氏名の振り仮名の制度: 広い読みが認められる")
_CANNOT_SEE = Text(
    "濁点の有無や1文字の抜けは、読みとして成り立つことが多く見つけられません。",
    "Voicing and dropped letters mostly stay plausible.",
)

RULES = (
    Rule(
        code="KN030",
        slug="reading-unusual",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名とカナ氏名の組合せは、氏名の辞書にも漢字の読みの組合せにもありません。",
            "Neither a name dictionary nor the readings of the characters give this kana name.",
        ),
        hint=Text(
            "珍しい読みは正しいことも多く、これだけで問い合わせる必要はありません。",
            "Unusual readings are often right; no need to ask for this alone.",
        ),
        why=Text(
            "漢字とカナの片方の書き誤りや、列のずれに気付く手掛かりです。",
            "It may point to a slip in one of the two, or to a shifted column.",
        ),
        source=_LAW,
        inferred=True,
        cannot_see=_CANNOT_SEE,
        when=_SUBMITTED == "none",
        bad=(Example({"name_kana": "ヤマダ　ハナコ"}, without_registry=True),),
        good=(
            Example(
                {"name_kanji": "佐藤　太郎", "name_kana": "サトウ　タロウ"}, without_registry=True
            ),
            Example(
                {"name_kanji": "髙橋　心愛", "name_kana": "タカハシ　ココア"}, without_registry=True
            ),
        ),
    ),
    Rule(
        code="KN031",
        slug="reading-only-of-the-registry",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "台帳のカナ氏名は漢字氏名の読みとして成り立ちますが、届書のカナ氏名は成り立ちません。",
            "The registry's kana can be read from the kanji name; the submitted kana cannot.",
        ),
        hint=Text(
            "届書のカナの書き誤りが最も考えられます。事業所に読みを確認してください。",
            "A slip in the submitted kana is most likely: ask the employer for the reading.",
        ),
        why=Text("カナが違う理由を考える手掛かりです。", "It helps to tell why the kana differ."),
        source=_LAW,
        inferred=True,
        cannot_see=_CANNOT_SEE,
        when=_KANJI_FINE & (_SUBMITTED == "none") & _REGISTRY.is_in(PLAUSIBLE),
        bad=(
            Example(
                {"name_kanji": "佐藤　太郎", "name_kana": "ヤマダ　ハナコ"},
                registry={"name_kanji": "佐藤　太郎", "name_kana": "サトウ　タロウ"},
            ),
            Example(
                {"name_kanji": "佐藤 太郎", "name_kana": "ヤマダ　ハナコ"},
                registry={"name_kanji": "佐藤　太郎", "name_kana": "サトウ　タロウ"},
            ),
        ),
        good=(
            Example(),
            Example(
                {"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ヒロコ"},
                registry={"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ユウコ"},
            ),
            Example(
                {"name_kanji": "鈴木　裕子", "name_kana": "ヤマダ　タロウ"},
                registry={"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ユウコ"},
            ),
        ),
    ),
    Rule(
        code="KN032",
        slug="other-reading",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "届書のカナ氏名も台帳のカナ氏名も、同じ漢字氏名の読みとして成り立ちます。",
            "Both kana names can be read from the same kanji name.",
        ),
        hint=Text(
            "どちらの読みか、本人に確認してください。2025〜26年に台帳の読みが届出で変わった場合もあります。",
            "Ask which reading is right; the registry's may have been newly recorded in 2025-26.",
        ),
        why=Text(
            "同じ漢字の別の読みは、書き誤りと区別できません。",
            "Another reading of the same kanji cannot be told from a slip.",
        ),
        source=_LAW,
        inferred=True,
        cannot_see=_CANNOT_SEE,
        when=_KANJI_FINE & _SUBMITTED.is_in(PLAUSIBLE) & _REGISTRY.is_in(PLAUSIBLE),
        bad=(
            Example(
                {"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ヒロコ"},
                registry={"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ユウコ"},
            ),
            Example(
                {"name_kanji": "佐藤 裕子", "name_kana": "サトウ　ヒロコ"},
                registry={"name_kanji": "佐藤　裕子", "name_kana": "サトウ　ユウコ"},
            ),
        ),
        good=(
            Example(),
            Example(
                {"name_kanji": "佐藤　太郎", "name_kana": "ヤマダ　ハナコ"},
                registry={"name_kanji": "佐藤　太郎", "name_kana": "サトウ　タロウ"},
            ),
        ),
    ),
)
