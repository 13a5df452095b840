"""Numbers beside the My Number (OT): shapes and check digits."""

from __future__ import annotations

import polars as pl

from validator.fields.text import drop_spaces, fold_width
from validator.rules.model import Effect, Example, Rule, Severity, Text

_ASK = Text(
    "届書の原本か手元の台帳で番号を確認してください。",
    "Check the number on the form or in your own records.",
)
_ISSUED = Text(
    "その番号が実際に交付されたものかは分かりません。",
    "Whether the number was ever issued cannot be seen.",
)
_CORPORATE = pl.col("ot_corporate")
_INSURER = pl.col("ot_insurer")
_BRANCH = pl.col("ot_branch")
_DEPENDANT = {
    "form": "hifuyosha_ido",
    "acquired_on": None,
    "event_on": "2026-11-18",
    "change_type": "1",
    "relationship": "長男",
    "living_together": "1",
    "insured_name_kanji": "見本　一郎",
}


def _rule(
    code: str,
    slug: str,
    field: str,
    message: tuple[str, str],
    why: tuple[str, str],
    source: tuple[str, ...],
    when: pl.Expr,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    *,
    severity: Severity = Severity.WARNING,
    suggestion: pl.Expr | None = None,
    inferred: bool = False,
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=severity,
        effect=Effect.NONE,
        message=Text(*message),
        hint=_ASK,
        why=Text(*why),
        source=source,
        cannot_see=_ISSUED,
        when=when,
        bad=bad,
        good=good,
        suggestion=suggestion,
        inferred=inferred,
    )


RULES = (
    _rule(
        "OT001",
        "corporate-number-shape",
        "corporate_number",
        ("法人番号が13桁の数字ではありません。", "The corporate number is not 13 digits."),
        ("法人番号は13桁です。", "A corporate number has 13 digits."),
        ("法人番号の指定等に関する省令 第2条",),
        _CORPORATE == "shape",
        (Example({"corporate_number": "700001205000"}), Example({"corporate_number": "T-不明"})),
        (Example({"corporate_number": "7000012050002"}), Example({"corporate_number": None})),
    ),
    _rule(
        "OT002",
        "corporate-number-check-digit",
        "corporate_number",
        (
            "法人番号の検査用数字(先頭の1桁)が合いません。",
            "The check digit (the first) of the corporate number does not fit.",
        ),
        ("書き誤りか、別の番号です。", "A slip, or another number."),
        ("法人番号の指定等に関する省令 第2条",),
        _CORPORATE == "check_digit",
        (
            Example({"corporate_number": "7000012050003"}),
            Example({"corporate_number": "7000021050002"}),
        ),
        (Example({"corporate_number": "７０００-０１２０-５０００-２"}),),
    ),
    _rule(
        "OT003",
        "insurer-number-shape",
        "insurer_number",
        (
            "保険者番号が6桁または8桁の数字ではありません。",
            "The insurer number is not 6 or 8 digits.",
        ),
        ("健康保険は8桁、国民健康保険は6桁です。", "8 digits, 6 for 国民健康保険."),
        ("保険者番号等の設定について",),
        _INSURER == "shape",
        (Example({"insurer_number": "0613000"}),),
        (Example({"insurer_number": "06130009"}), Example({"insurer_number": "130005"})),
    ),
    _rule(
        "OT004",
        "insurer-number-check-digit",
        "insurer_number",
        (
            "保険者番号の検証番号(末尾の1桁)が合いません。",
            "The check digit (the last) of the insurer number does not fit.",
        ),
        ("書き誤りか、別の番号です。", "A slip, or another number."),
        ("保険者番号等の設定について 別添",),
        _INSURER == "check_digit",
        (
            Example({"insurer_number": "06130008"}),
            Example({"insurer_number": "06310009"}),
        ),
        (Example({"insurer_number": "０６１３-０００９"}),),
    ),
    _rule(
        "OT005",
        "symbol-shape",
        "insured_symbol",
        (
            "記号に、文字と数字以外のものがあるか、長すぎます。",
            "The symbol has signs other than letters and digits, or is too long.",
        ),
        ("記号は文字と数字です。", "A symbol is made of letters and digits."),
        ("健康保険法施行規則 第47条",),
        pl.col("ot_symbol") == "shape",
        (Example({"insured_symbol": "101?"}), Example({"insured_symbol": "1.01E+02"})),
        (Example({"insured_symbol": "出版１０１"}), Example({"insured_symbol": "01-ｱﾅ"})),
        inferred=True,
    ),
    _rule(
        "OT006",
        "number-shape",
        "insured_number",
        (
            "番号に、英数字以外のものがあるか、長すぎます。",
            "The number has signs other than letters and digits, or is too long.",
        ),
        ("番号は英数字です。", "A number is made of letters and digits."),
        ("健康保険法施行規則 第47条",),
        pl.col("ot_number") == "shape",
        (Example({"insured_number": "12.34"}), Example({"insured_number": "未定"})),
        (Example({"insured_number": "００１２３"}),),
        inferred=True,
    ),
    _rule(
        "OT007",
        "branch-number-shape",
        "branch_number",
        ("枝番が2桁の数字ではありません。", "The branch number is not two digits."),
        ("枝番は2桁です。", "A branch number has two digits."),
        ("オンライン資格確認 枝番(2桁)",),
        _BRANCH == "shape",
        (Example({"branch_number": "001"}), Example({"branch_number": "A1"})),
        (Example({"branch_number": "00"}), Example({"branch_number": "０１", **_DEPENDANT})),
    ),
    _rule(
        "OT008",
        "branch-number-one-digit",
        "branch_number",
        (
            "枝番が1桁です。先頭の0が落ちています。",
            "The branch number has one digit: its leading zero is lost.",
        ),
        (
            "表計算ソフトで開くと、先頭の0が落ちます。",
            "Spreadsheets drop leading zeros.",
        ),
        ("オンライン資格確認 枝番(2桁)",),
        _BRANCH == "short",
        (Example({"branch_number": "1", **_DEPENDANT}), Example({"branch_number": "０"})),
        (Example({"branch_number": "01", **_DEPENDANT}),),
        severity=Severity.INFO,
        suggestion=pl.lit("0") + drop_spaces(fold_width(pl.col("branch_number"))),
    ),
    _rule(
        "OT009",
        "branch-number-of-somebody-else",
        "branch_number",
        (
            "枝番が届書の対象の人と合いません(被保険者は00、被扶養者は01から)。",
            "The branch number is not that of the person of the form (00 insured, dependants from 01).",
        ),
        (
            "被保険者の番号を被扶養者の届書に書いたか、その逆です。",
            "The insured person's on a dependant's form, or the other way round.",
        ),
        ("オンライン資格確認 枝番(2桁)",),
        pl.when(pl.col("form").is_in(["shikaku_shutoku", "shikaku_soshitsu", "shimei_henko"]))
        .then(_BRANCH == "dependant")
        .when(pl.col("form").is_in(["hifuyosha_ido", "kisai_jiko_henko"]))
        .then((_BRANCH == "insured") & ~pl.col("is_insured_block")),
        (
            Example({"branch_number": "02"}),
            Example({"branch_number": "００", **_DEPENDANT}),
            Example({"form": "shikaku_soshitsu", "acquired_on": None, "branch_number": "02"}),
            Example({"form": "shimei_henko", "acquired_on": None, "branch_number": "02"}),
            Example({"form": "kisai_jiko_henko", "acquired_on": None, "branch_number": "00"}),
        ),
        (Example({"branch_number": "00"}), Example({"branch_number": "01", **_DEPENDANT})),
        severity=Severity.INFO,
        inferred=True,
    ),
    _rule(
        "OT010",
        "pension-number-shape",
        "pension_number",
        (
            "基礎年金番号が4桁-6桁の数字ではありません。",
            "The basic pension number is not 4-6 digits.",
        ),
        (
            "課所符号4桁と一連番号6桁で、どちらも0だけにはなりません。",
            "Four and six digits, neither of them all zeros.",
        ),
        ("2200700 項番16・17「'0000'以外であること」",),
        # One half of it alone on electronic media is told by EM012, ES001, ED012.
        (pl.col("ot_pension") == "shape")
        & ~(pl.col("is_media") & pl.col("pension_number").str.contains("^([0-9]{4}|[0-9]{6})$")),
        (
            Example({"pension_number": "1234-00000"}),
            Example({"pension_number": "0000-123456"}),
            Example({"pension_number": "1234"}),
            Example({"m16": "0000", "m17": "123456"}, source="KPFD0006"),
        ),
        (
            Example({"pension_number": "1234-567890"}),
            Example({"pension_number": "１２３４５６７８９０"}),
        ),
    ),
    _rule(
        "OT011",
        "phone-shape",
        "phone",
        (
            "電話番号が、0から始まる10桁か11桁の数字ではありません。",
            "The telephone number is not 10 or 11 digits beginning with 0.",
        ),
        ("連絡が必要なときに使えません。", "It is of no use when somebody must be called."),
        ("2202700 項番41〜43",),
        pl.col("ot_phone") == "shape",
        (Example({"phone": "3-0000-0000"}), Example({"phone": "090-0000"})),
        (
            Example({"phone": "03(0000)0000"}),
            Example({"phone": "+81-3-0000-0000"}),
            Example({"phone": "０９０ ００００ ００００"}),
        ),
        inferred=True,
    ),
)
