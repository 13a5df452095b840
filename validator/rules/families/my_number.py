"""個人番号 (MN): shape, notation, placeholders, reasons for having none, known to the registry."""

from __future__ import annotations

import polars as pl

from validator.fields.my_number import check_digit_fits
from validator.rules.model import Effect, Example, Rule, Severity, Text

_STATE = pl.col("number_state")
_ADDITION = pl.col("is_addition")
_CHECK_DIGIT_LAW = "平成26年総務省令第85号 第5条(検査用数字)"
_ACCEPT = "2023-06-01 施行規則改正・健保連通知: 個人番号または5項目のない届書は受理しない"
_QA01 = "QA-01"
_NOTHING = Text("なし", "nothing")
_WEAK = Text(
    "検査用数字が合っていても、1桁の誤りの約1.7%と、他人の番号は見つけられません。",
    "A fitting check digit misses about 1.7 % of single-digit slips, and every number of somebody else.",
)
_ASK = Text(
    "事業所に、個人番号カードまたは番号の記載された住民票で確認してもらい、届書を出し直してもらってください。",
    "Ask the employer to check the My Number card or a 住民票 with the number, and to file the form again.",
)


def _wrong_placeholder(prefix: str) -> pl.Expr:
    """A placeholder whose check digit is wrong too (all but 000000000000 and 123456789018)."""
    state, value = pl.col(f"{prefix}_state"), pl.col(f"{prefix}_value")
    return (state == "placeholder") & ~check_digit_fits(value)


RULES = (
    Rule(
        code="MN001",
        slug="number-missing",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号がなく、記載できない理由も認められるものではありません。",
            "There is no My Number and no admissible reason for having none.",
        ),
        hint=Text(
            "個人番号を記載するか、認められる理由(海外在住、短期在留、出生、入国直後、番号未着)を記載してもらってください。",
            "Have the number filled in, or one of the admissible reasons (abroad, short stay, newborn, just arrived, number pending).",
        ),
        why=Text(
            "個人番号がないと住民票と照合できず、オンライン資格確認に結び付きません。",
            "Without the number the record cannot be compared or linked.",
        ),
        source=(_QA01, _ACCEPT),
        cannot_see=_NOTHING,
        when=_ADDITION & (_STATE == "blank") & ~pl.col("has_reason"),
        bad=(
            Example({"my_number": None}),
            Example({"my_number": "　"}),
            Example({"my_number": None, "no_number_reason": "3"}),
            Example({"my_number": None, "no_number_reason": "本人が拒否"}),
        ),
        good=(
            Example({"my_number": None, "no_number_reason": "海外在住"}),
            Example({"my_number": None, "no_number_reason": "その他（出生）"}),
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "my_number": None,
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
        ),
    ),
    Rule(
        code="MN002",
        slug="number-length",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号が12桁ではありません({digits}桁)。",
            "The My Number has {digits} digits, not 12.",
        ),
        params={"digits": pl.col("number_digits").str.len_chars()},
        hint=_ASK,
        why=Text(
            "個人番号は12桁です。桁の抜け・重なりは、推測では直せません。",
            "A My Number has 12 digits; a lost or doubled digit cannot be guessed.",
        ),
        source=("番号利用法 第2条第5項", "2200700 項番13「12バイトであること」"),
        cannot_see=_NOTHING,
        when=(_STATE == "length") & ~(pl.col("number_digits").str.len_chars() == 11),
        bad=(
            Example({"my_number": "12345"}),
            Example({"my_number": "1234567890"}),
            Example({"my_number": "1234567890123"}),
        ),
        good=(Example(), Example({"my_number": "12345678901"})),
    ),
    Rule(
        code="MN003",
        slug="number-check-digit",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号の検査用数字が一致しません。番号の書き誤りです。",
            "The check digit does not fit: the number is mistyped.",
        ),
        hint=_ASK,
        why=Text(
            "検査用数字は、1桁の誤りや桁の入れ替わりを見つけるためにあります。",
            "The check digit exists to catch a wrong digit or two swapped ones.",
        ),
        source=(_CHECK_DIGIT_LAW,),
        cannot_see=_WEAK,
        # On additions a placeholder is a finding of its own (MN004).
        when=(_STATE == "check_digit") | (~_ADDITION & _wrong_placeholder("number")),
        bad=(
            Example({"my_number": "{wrong:24681357902}"}),
            Example({"my_number": "{wrong:13579246801}"}),
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "my_number": "111111111111",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "my_number": "{wrong:24681357902}",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
        ),
        good=(Example(),),
    ),
    Rule(
        code="MN004",
        slug="number-placeholder",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号が、仮の番号(同じ数字の並び、または見本の番号)です。",
            "The My Number is a placeholder (one digit repeated, or a sample number).",
        ),
        hint=_ASK,
        why=Text(
            "空欄にできない入力画面で、仮の番号が入れられることがあります。",
            "Such values are typed where a screen does not allow a blank.",
        ),
        source=(_ACCEPT, "本プロジェクトの定め(仮の番号)"),
        cannot_see=_NOTHING,
        inferred=True,
        when=(_STATE == "placeholder") & _ADDITION,
        bad=(
            Example({"my_number": "000000000000"}),
            Example({"my_number": "123456789012"}),
            Example({"my_number": "１２３４５６７８９０１８"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="MN005",
        slug="number-notation",
        field="my_number",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "個人番号に全角数字・空白・ハイフンがあり、取り除いて読みました。",
            "The My Number has full-width digits, spaces or hyphens; it was read without them.",
        ),
        hint=Text(
            "対応は不要です。引き渡すファイルの値は提出されたままです。",
            "Nothing to do; the handed-over file keeps the value as submitted.",
        ),
        why=Text(
            "書き方だけの違いで、番号は確実に読めます。", "Only notation: the number is certain."
        ),
        source=("2200700 項番13「数字であること」",),
        cannot_see=_NOTHING,
        when=_STATE == "repaired",
        bad=(Example({"my_number": "{spaced}"}), Example({"my_number": "{wide}"})),
        good=(Example(),),
    ),
    Rule(
        code="MN006",
        slug="number-lost-zero",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号が11桁です。表計算ソフトで先頭の0が失われた可能性があります。",
            "The My Number has 11 digits: a spreadsheet may have dropped a leading zero.",
        ),
        hint=Text(
            "番号の列を「文字列」にして、元の届書から入力し直してもらってください。0を補うと合うとは限りません。",
            "Have the column set to text and the number typed again from the form; a zero in front is only a guess.",
        ),
        why=Text(
            "数値として保存された番号は、先頭の0を失います。",
            "A number stored as a numeric cell loses leading zeros.",
        ),
        source=("2200700 項番13「12バイトであること」",),
        cannot_see=Text(
            "先頭以外の桁が抜けた場合との区別はできません。",
            "Cannot be told from another digit being lost.",
        ),
        when=(_STATE == "length") & (pl.col("number_digits").str.len_chars() == 11),
        bad=(Example({"my_number": "12345678901"}),),
        good=(Example(), Example({"my_number": "12345"})),
    ),
    Rule(
        code="MN007",
        slug="number-exponent",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号が指数表示(1.23E+11 の形)です。表計算ソフトで桁が失われています。",
            "The My Number is in exponent form: a spreadsheet has destroyed digits.",
        ),
        hint=Text(
            "元のファイルか届書から、番号の列を「文字列」にして作り直してもらってください。",
            "Have the file made again from its source, with the column set to text.",
        ),
        why=Text("失われた桁は復元できません。", "The lost digits cannot be recovered."),
        source=("2200700 項番13「数字であること」",),
        cannot_see=_NOTHING,
        when=_STATE == "exponent",
        bad=(Example({"my_number": "1.23457E+11"}),),
        good=(Example(),),
    ),
    Rule(
        code="MN008",
        slug="number-malformed",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号に、数字ではない文字があります。",
            "The My Number holds characters that are no digits.",
        ),
        hint=_ASK,
        why=Text(
            "数字以外の文字は、推測で直しません。",
            "Other characters are never repaired by guessing.",
        ),
        source=("2200700 項番13「数字であること」",),
        cannot_see=_NOTHING,
        when=_STATE == "malformed",
        bad=(
            Example({"my_number": "12345678901X"}),
            Example({"my_number": "あとで提出"}),
            Example({"my_number": "①23456789012"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="MN009",
        slug="number-pending",
        field="no_number_reason",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "個人番号がない理由が認められるため、番号なしで受け付けます。番号が分かり次第、届出が必要です。",
            "An admissible reason is given, so the record passes without a number; the number must follow.",
        ),
        hint=Text(
            "個人番号が交付されたら、個人番号の届出を受け付けてください。それまでオンライン資格確認には結び付きません。",
            "Ask for the number once it is issued; until then the record cannot be linked.",
        ),
        why=Text(
            "住民票のない人、出生直後・入国直後の人には、まだ番号がありません。",
            "People without 住民票, newborns and people just arrived have no number yet.",
        ),
        source=(_ACCEPT, "2200700 項番14・15"),
        cannot_see=_NOTHING,
        when=_ADDITION & pl.col("excused"),
        bad=(
            Example({"my_number": None, "no_number_reason": "1"}),
            Example({"my_number": None, "no_number_reason": "3 出生"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="MN010",
        slug="number-and-reason",
        field="no_number_reason",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "個人番号があるのに、記載できない理由も書かれています。",
            "A number is given, and also a reason for having none.",
        ),
        hint=Text(
            "どちらが正しいか確認してください。番号がある場合、理由は不要です。",
            "Find out which is right; with a number no reason is needed.",
        ),
        why=Text("どちらかが書き誤りです。", "One of the two is a slip."),
        source=("2200700 相関: 個人番号があるとき項番14・15は省略",),
        cannot_see=_NOTHING,
        when=_ADDITION & pl.col("no_number").is_not_null() & (_STATE != "blank"),
        bad=(Example({"no_number_reason": "1"}),),
        good=(Example(),),
    ),
    Rule(
        code="MN013",
        slug="insured-number-check-digit",
        field="insured_my_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "被保険者の個人番号が正しい番号の形ではありません。",
            "The insured person's My Number is not a possible number.",
        ),
        hint=_ASK,
        why=Text(
            "家族の届書では、被保険者の番号で家族を結び付けます。",
            "On a family form the insured person's number ties the family together.",
        ),
        source=(_CHECK_DIGIT_LAW, "2202700 項番14"),
        cannot_see=_WEAK,
        # On electronic media the insured person is a record of the line and answers for the number.
        when=~pl.col("is_media")
        & (
            pl.col("insured_id_state").is_in(["check_digit", "length", "malformed", "exponent"])
            | _wrong_placeholder("insured_id")
        ),
        bad=(
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "insured_my_number": "{wrong:24681357902}",
                }
            ),
            Example(
                {"form": "hifuyosha_ido", "change_type": "1", "insured_my_number": "999999999999"}
            ),
            Example({"form": "hifuyosha_ido", "change_type": "1", "insured_my_number": "12345"}),
            Example(
                {"form": "hifuyosha_ido", "change_type": "1", "insured_my_number": "12345678901X"}
            ),
            Example(
                {"form": "hifuyosha_ido", "change_type": "1", "insured_my_number": "1.23457E+11"}
            ),
        ),
        good=(
            Example(),
            # The second record of this line: the wife of the person whose number is wrong.
            Example({"m14": "{wrong:24681357902}"}, source="KPFD0006 2202700"),
        ),
    ),
    Rule(
        code="MN014",
        slug="placeholder-on-other-form",
        field="my_number",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "個人番号が仮の番号です。この届書では番号は必須ではないため、空欄として扱えるか確認してください。",
            "The My Number is a placeholder; on this form a number is not required.",
        ),
        hint=Text(
            "番号を空欄にするか、正しい番号を記載してもらってください。",
            "Have it left blank or corrected.",
        ),
        why=Text("仮の番号は、誰の番号でもありません。", "A placeholder is nobody's number."),
        source=("本プロジェクトの定め(仮の番号)",),
        cannot_see=_NOTHING,
        inferred=True,
        when=(_STATE == "placeholder") & ~_ADDITION & ~_wrong_placeholder("number"),
        bad=(
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "my_number": "000000000000",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                },
                without_registry=True,
            ),
        ),
        good=(Example(),),
    ),
)
