"""What stands in a name field beside the name, or instead of it (NK, KN)."""

from __future__ import annotations

import polars as pl

from validator.fields.name.garbled import TRACES
from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_OWN = ("本プロジェクトの定め",)
_KANJI, _KANA = pl.col("name_kanji"), pl.col("name_kana")
_AGAIN = Text("氏名だけを入力し直してもらってください。", "Have the name alone typed again.")
_HONORIFIC = r"(?:様|さま|サマ|殿|さん|ちゃん|くん|先生|御中|女史)\s*$|^(?i)(?:mr|mrs|ms|dr)[.\s]"
_FORMER = r"旧姓|旧氏|旧[:：]"
_BRACKET = r"[(（\[［「『【〔〈《<＜].|[)）\]］」』】〕〉》>＞]"
_COMPANY = (
    r"株式会社|有限会社|合同会社|合資会社|合名会社|社団法人|財団法人|医療法人|学校法人|宗教法人|社会福祉法人"
    r"|協同組合|健康保険組合|㈱|㈲|[(（](?:株|有|合|同|財|社|医|福|学)[)）]"
)
_KANA_NULL = (
    r"^\s*(?:フメイ|フショウ|ミテイ|ナシ|テスト|ﾌﾒｲ|ﾐﾃｲ|ﾅｼ|ﾃｽﾄ|ふめい|みてい|なし|てすと)\s*$"
)
_ASK = Text(
    "住民票どおりの氏名を、事業所に確認してください。",
    "Ask the employer for the name as on the 住民票.",
)

RULES = (
    Rule(
        code="NK006",
        slug="kanji-name-honorific",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名に敬称(様、殿、さん など)が付いています。",
            "The kanji name carries an honorific.",
        ),
        hint=_AGAIN,
        why=Text(
            "敬称も氏名として登録され、照合で一致しません。",
            "The honorific would be registered as part of the name.",
        ),
        source=_OWN,
        inferred=True,
        cannot_see=Text(
            "「君」「氏」で終わる実際の名は区別できないため、対象にしていません。",
            "Names that really end in 君 or 氏 cannot be told apart, so these are not reported.",
        ),
        when=_KANJI.str.contains(_HONORIFIC),
        bad=(
            Example({"name_kanji": "見本　太郎様"}),
            Example({"name_kanji": "Mr. JOHN SMITH"}),
            Example({"name_kanji": "見本　太郎様"}, without_registry=True),
        ),
        good=(Example(), Example({"name_kanji": "王　君"}, registry={"name_kanji": "王　君"})),
    ),
    Rule(
        code="NK007",
        slug="kanji-name-former-remark",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名に旧姓の書き添えがあります。", "The kanji name carries a former surname."
        ),
        hint=Text(
            "氏名欄には現在の氏名だけを入力します。旧氏は住民票に併記されている場合に限り扱えます。",
            "The field takes the present name only.",
        ),
        why=Text(
            "書き添えも氏名として登録され、照合で一致しません。",
            "The remark would be registered as part of the name.",
        ),
        source=("住民基本台帳法施行令 第30条の14(旧氏の併記)",),
        cannot_see=_NOTHING,
        when=_KANJI.str.contains(_FORMER),
        bad=(
            Example({"name_kanji": "見本（旧姓手本）　太郎"}),
            Example({"name_kanji": "見本（旧姓手本）　太郎"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK008",
        slug="kanji-name-brackets",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("漢字氏名に、かっこ書きがあります。", "The kanji name holds brackets."),
        hint=Text(
            "通称や英字氏名の併記は、氏名(その他)欄に分けてもらってください。",
            "An alias or a Latin name belongs in the field for other names.",
        ),
        why=Text(
            "かっこの中が通称か、旧氏か、読みかは機械では決められません。",
            "What the brackets mean cannot be told for certain.",
        ),
        source=_OWN,
        inferred=True,
        cannot_see=_NOTHING,
        when=_KANJI.str.contains(_BRACKET) & ~_KANJI.str.contains(_FORMER),
        bad=(
            Example({"name_kanji": "見本　太郎（本人）"}),
            Example({"name_kanji": "見本　太郎（本人）"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK009",
        slug="kanji-name-company",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "漢字氏名の欄に、法人や事業所の名称があります。",
            "The kanji name field holds the name of a company.",
        ),
        hint=_ASK,
        why=Text(
            "列がずれているか、事業所名を入れた可能性があります。",
            "A column may have shifted.",
        ),
        source=_OWN,
        inferred=True,
        cannot_see=_NOTHING,
        when=_KANJI.str.contains(_COMPANY),
        bad=(
            Example({"name_kanji": "株式会社見本"}),
            Example({"name_kanji": "株式会社見本"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK013",
        slug="name-mojibake",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("氏名が文字化けしています。", "The name was read in a wrong encoding."),
        hint=Text(
            "元のファイルを UTF-8 か Shift_JIS(CP932)で保存し直してもらってください。",
            "Have the source saved again as UTF-8 or CP932.",
        ),
        why=Text(
            "別の文字コードとして読まれた氏名は、目で見ても読めません。",
            "Nobody can read such a name.",
        ),
        source=_OWN,
        inferred=True,
        cannot_see=Text(
            "たまたま意味のある漢字になった文字化けは分かりません。",
            "Garbled text that happens to look like a name is not seen.",
        ),
        when=_KANJI.str.contains(TRACES) | _KANA.str.contains(TRACES),
        bad=(
            Example({"name_kanji": "螻ｱ逕ｰ縲螟ｪ驛"}),
            Example({"name_kanji": "å±±ç”°"}),
            Example({"name_kanji": "螻ｱ逕ｰ縲螟ｪ驛"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="NK014",
        slug="kanji-name-digits",
        field="name_kanji",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("漢字氏名に数字があります。", "The kanji name holds digits."),
        hint=_AGAIN,
        why=Text("氏名に算用数字は使えません。", "Digits are no part of a name."),
        source=("戸籍法施行規則 第60条(子の名に用いる文字)",),
        cannot_see=_NOTHING,
        when=_KANJI.str.contains(r"\d"),
        bad=(
            Example({"name_kanji": "見本　太郎2"}),
            Example({"name_kanji": "１　見本　太郎"}),
            Example({"name_kanji": "見本　太郎2"}, without_registry=True),
        ),
        good=(Example(),),
    ),
    Rule(
        code="KN007",
        slug="kana-name-null-word",
        field="name_kana",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "カナ氏名が、氏名ではない語(フメイ、ミテイ など)です。",
            'The kana name is a word for "unknown".',
        ),
        hint=_ASK,
        why=Text("空欄の代わりに入れられた語です。", "Such a word is typed instead of a blank."),
        source=_OWN,
        inferred=True,
        cannot_see=_NOTHING,
        when=_KANA.str.contains(_KANA_NULL),
        bad=(
            Example({"name_kana": "フメイ"}),
            Example({"name_kana": "ﾐﾃｲ"}),
            Example({"name_kana": "フメイ"}, without_registry=True),
        ),
        good=(Example(),),
    ),
)
