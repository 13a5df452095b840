"""漢字氏名 (NK)."""

from __future__ import annotations

from functools import partial

import polars as pl

from validator.fields.name.characters import PLACEHOLDER_PATTERN
from validator.fields.steps import step_words
from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_STEPS = pl.col("steps_name_kanji")
_LEVEL = pl.col("level_name_kanji")
_STEP_WORDS = {"steps": partial(step_words, "steps_name_kanji")}
_ASK = Text(
    "住民票どおりの氏名を、事業所に確認してください。",
    "Ask the employer for the name as on the 住民票.",
)
_NULL_WORDS = r"(?i)^\s*(?:null|none|n/?a|nan|不明|なし|無し|未定|該当なし|同上|〃|-+|－+|\.+|\*+|#n/a|#ref!|テスト|test)\s*$"
_FIVE = ("QA-01", "QA-02")

RULES = (
    Rule(
        code="NK001",
        slug="kanji-name-missing",
        field="name_kanji",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("漢字氏名がありません。", "The kanji name is missing."),
        hint=_ASK,
        why=Text("5項目の一つです。", "One of the five items."),
        source=_FIVE,
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & pl.col("kanji_blank"),
        bad=(Example({"name_kanji": None}), Example({"name_kanji": "　"})),
        good=(Example(),),
    ),
    Rule(
        code="NK002",
        slug="kanji-name-no-separator",
        field="name_kanji",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名の氏と名の間に空白がありません。", "Family and given name are not separated."
        ),
        hint=Text(
            "照合には影響しません。電子媒体では全角空白を1つ入れます。",
            "It does not matter for the comparison; electronic media want one full-width space.",
        ),
        why=Text(
            "仕様チェックでは「氏名項目形式不正」になります。",
            "The official checker reports 氏名項目形式不正.",
        ),
        source=("2200700 項番8(姓名間セパレータ)",),
        cannot_see=_NOTHING,
        when=~pl.col("kanji_blank") & ~pl.col("name_kanji").str.strip_chars().str.contains(r"\s"),
        bad=(Example({"name_kanji": "見本太郎"}),),
        good=(Example(),),
    ),
    Rule(
        code="NK003",
        slug="kanji-name-null-word",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名が、氏名ではない語(不明、NULL など)です。",
            'The kanji name is a word for "nothing".',
        ),
        hint=_ASK,
        why=Text("空欄の代わりに入れられた語です。", "Such a word is typed instead of a blank."),
        source=("本プロジェクトの定め",),
        inferred=True,
        cannot_see=_NOTHING,
        when=pl.col("name_kanji").str.contains(_NULL_WORDS),
        bad=(
            Example({"name_kanji": "不明"}),
            Example({"name_kanji": "NULL"}),
            Example({"name_kanji": "不明"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK004",
        slug="kanji-name-placeholder",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名に、表示できない文字の代替記号(●、〓、□、?、外字)があります。",
            "The kanji name holds a placeholder for a character that could not be shown.",
        ),
        hint=Text(
            "JIS第1・第2水準の近い文字に置き換えて届け出てもらってください。",
            "Ask for the nearest JIS level 1 or 2 character.",
        ),
        why=Text(
            "元の文字を書類なしに確定できません。",
            "The character cannot be known without a document.",
        ),
        source=("第196回医療保険部会 2025-08-28(●の表示)",),
        cannot_see=_NOTHING,
        when=pl.col("name_kanji").str.contains(PLACEHOLDER_PATTERN),
        bad=(
            Example({"name_kanji": "〓本　太郎"}),
            Example({"name_kanji": "〓本　太郎"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK005",
        slug="kanji-name-invisible",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名に、制御文字など目に見えない文字があります。",
            "The kanji name holds control or invisible characters.",
        ),
        hint=Text(
            "元のファイルで氏名を入力し直してもらってください。",
            "Have the name typed again in the source.",
        ),
        why=Text(
            "画面や印刷では同じに見えても、登録先で違う氏名になります。",
            "It looks the same but is registered as another name.",
        ),
        source=("2200700 無効文字検出",),
        cannot_see=_NOTHING,
        when=pl.col("name_kanji").str.contains(
            "[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
        ),
        bad=(Example({"name_kanji": "見本\u200b　太郎"}),),
        good=(Example(),),
    ),
    Rule(
        code="NK010",
        slug="kanji-name-notation",
        field="name_kanji",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "漢字氏名は書き方だけが違い、同じ氏名です({steps})。",
            "The kanji name differs in notation only ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text("認められた正規化で一致しました。", "Equal after an allowed normalisation."),
        source=("2023年照会の運用(異体字・表記ゆれは一致とみなす)",),
        inferred=True,
        cannot_see=Text(
            "本人が字体の区別を求めているかは分かりません。",
            "Whether the person insists on a glyph cannot be seen.",
        ),
        when=(_LEVEL == "equivalent") & ~_STEPS.str.contains("ALIAS"),
        bad=(
            Example({"name_kanji": "見本 太郎"}),
            Example({"name_kanji": "見本　太郎"}, registry={"name_kanji": "見本\U000e0100　太郎"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK011",
        slug="kanji-name-alias",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "漢字氏名は、住民票に記載された通称と一致します。",
            "The kanji name equals the registered alias.",
        ),
        hint=Text(
            "通称は氏名(その他)欄に登録し、氏名欄は住民票の氏名にします。",
            "Register the alias in the field for other names.",
        ),
        why=Text(
            "外国人住民の通称は、住民票に記載されていれば本人の名です。",
            "An alias on the 住民票 is the person's own name.",
        ),
        source=("住民基本台帳法施行令 第30条の16",),
        cannot_see=_NOTHING,
        when=_LEVEL.is_in(["equivalent", "undecidable"]) & _STEPS.str.contains("ALIAS"),
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
            Example(
                {"name_kanji": "〓木　太郎", "name_kana": "タカギ　タロウ"},
                registry={
                    "name_kanji": "NGUYEN VAN ANH",
                    "name_kana": "グエン　ヴァン　アイン",
                    "alias_kanji": "髙木　太郎",
                    "alias_kana": "タカギ　タロウ",
                },
            ),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK012",
        slug="kanji-name-undecidable",
        field="name_kanji",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "漢字氏名の1文字が代替記号ですが、台帳の外字で説明がつくため、違いとは数えません。",
            "One placeholder in the kanji name is explained by a character outside JIS X 0208, so it is no difference.",
        ),
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text(
            "2023年の照会でも、●1文字で他が一致する記録は確認の対象外でした。",
            "In the 2023 check such records were not followed up.",
        ),
        source=("保団連 2024-04-25 報告(●の扱い)",),
        inferred=True,
        cannot_see=Text(
            "代替記号の文字そのものは確かめられません。",
            "The hidden character itself cannot be verified.",
        ),
        when=(_LEVEL == "undecidable") & _STEPS.str.contains("GAIJI"),
        bad=(
            Example(
                {"name_kanji": "〓木　太郎", "name_kana": "タカギ　タロウ"},
                registry={"name_kanji": "髙木　太郎", "name_kana": "タカギ　タロウ"},
            ),
        ),
        good=(Example(), Example(registry={"name_kanji": None})),
    ),
    Rule(
        code="NK020",
        slug="kanji-name-differs",
        field="name_kanji",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "漢字氏名が住民票の台帳と違います({steps})。",
            "The kanji name differs from the registry ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=_ASK,
        why=Text("書き方の違いでは説明できません。", "No allowed normalisation explains it."),
        source=("2023-09-07 J-LIS照会 区分2", "QA-02"),
        cannot_see=Text(
            "氏名変更の届出が台帳より新しい場合があります。",
            "A change of name may be newer than the registry.",
        ),
        when=_LEVEL == "different",
        bad=(
            Example({"name_kanji": "別人　花子", "name_kana": "ベツジン　ハナコ"}),
            Example({"name_kanji": "別人　花子"}),
        ),
        good=(Example({"name_kanji": "見本太郎"}),),
    ),
    Rule(
        code="NK021",
        slug="kanji-name-similar",
        field="name_kanji",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "漢字氏名が住民票の台帳と少し違います({steps})。",
            "The kanji name is close to the registry but not equal ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=Text(
            "似ていますが、書き方の違いとは言い切れません。書類で確認してください。",
            "Close, but not mere notation: check a document.",
        ),
        why=Text(
            "斉と斎のように、似ていても別の文字があります。",
            "Look-alikes can be different characters.",
        ),
        source=("2023-09-07 J-LIS照会 区分2", "QA-02"),
        cannot_see=_NOTHING,
        when=_LEVEL == "similar",
        bad=(Example({"name_kanji": "太郎　見本"}), Example({"name_kanji": "見本　太朗"})),
        good=(Example(),),
    ),
)
