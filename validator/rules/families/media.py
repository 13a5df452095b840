"""Electronic media (EM): the checks of single items, for all three forms.

Which item must be what stands in ``schemas/layouts``; EM010 to EM022 (資格取得届, across items)
are in ``media_acquisition``.
"""

from __future__ import annotations

import polars as pl

from validator.rules.media_rules import NOTHING, media_rule
from validator.rules.model import Effect, Example, Rule, Severity, Text

_MEDIA = "KPFD0006"
_LOSS = "KPFD0006 2201700"
_DEPENDANTS = "KPFD0006 2202700"
_CLEAN = (
    Example(source=_MEDIA),
    Example(source=_LOSS),
    Example(source=_DEPENDANTS),
)


def _item_rule(
    code: str,
    slug: str,
    ja: str,
    en: str,
    fact: str,
    *bad: Example,
    phrase: str,
    severity: Severity = Severity.WARNING,
    effect: Effect = Effect.NONE,
    good: tuple[Example, ...] = (),
    cannot_see: Text = NOTHING,
) -> Rule:
    return media_rule(
        code,
        slug,
        ja,
        en,
        pl.col(fact).is_not_null(),
        phrase=phrase,
        bad=bad,
        good=(*_CLEAN, *good),
        fact=fact,
        severity=severity,
        effect=effect,
        cannot_see=cannot_see,
    )


RULES = (
    _item_rule(
        "EM001",
        "media-item-required",
        "必須の項目が省略されています(項目名：{items})。",
        "Required items are blank ({items}).",
        "em_required",
        Example({"m21": None}, source=_MEDIA),
        Example({"m16": None}, source=_LOSS),
        Example({"m05": None}, source=_DEPENDANTS),
        phrase="単項目「入力されていること」",
    ),
    _item_rule(
        "EM002",
        "media-item-not-numeric",
        "数字であるべき項目に、数字以外の文字があります(項目名：{items})。",
        "Items that must be digits are not ({items}).",
        "em_numeric",
        Example({"m05": "1A"}, source=_MEDIA),
        Example({"m22": "一枚"}, source=_LOSS),
        Example({"m49": "0円"}, source=_DEPENDANTS),
        phrase="単項目「数字であること」",
    ),
    _item_rule(
        "EM003",
        "media-item-code",
        "項目のコードが、決められた値ではありません(項目名：{items})。",
        "Items hold codes that are not in their list ({items}).",
        "em_codes",
        Example({"m12": "2"}, source=_MEDIA),
        Example({"m16": "6"}, source=_LOSS),
        Example({"m76": "11"}, source=_DEPENDANTS),
        good=(Example({"m76": "9"}, source=_DEPENDANTS),),
        phrase="単項目「何れかであること」",
    ),
    _item_rule(
        "EM004",
        "media-item-too-long",
        "項目が最大桁数を超えています(項目名：{items} エラー内容：最大桁数超過)。",
        "Items are longer than allowed ({items}; 最大桁数超過).",
        "em_long",
        Example({"m28": "備" * 40}, source=_MEDIA),
        Example({"m21": "備" * 38}, source=_LOSS),
        Example({"m70": "1"}, source=_DEPENDANTS),
        Example({"m136": "1"}, source=_DEPENDANTS),
        good=(Example({"m28": "備" * 37}, source=_MEDIA),),
        phrase="単項目「Nバイト以内であること」",
    ),
    _item_rule(
        "EM005",
        "media-character-not-allowed",
        "入力できない文字(外字・機種依存文字など)があります(項目名：{items} エラー内容：入力不可文字検出)。",
        "Characters that the layout does not have ({items}; 入力不可文字検出).",
        "em_characters",
        Example({"m28": "①番"}, source=_MEDIA),
        Example({"m21": "(退職)"}, source=_LOSS),
        Example({"m72": "見本　﨑子"}, source=_DEPENDANTS),
        good=(Example({"m31": "ﾄｳｷﾖｳﾄ(1.2)"}, source=_MEDIA),),
        phrase="入力不可文字検出、無効文字検出「インバリッドコードが含まれていないこと」",
    ),
    _item_rule(
        "EM006",
        "media-name-spacing",
        "氏名・住所の空白の入れ方が正しくありません(項目名：{items} エラー内容：氏名項目形式不正)。",
        "Spaces in a name or address are not as required ({items}; 氏名項目形式不正).",
        "em_spaces",
        Example({"m08": "見本　　太郎"}, source=_MEDIA),
        Example(
            {"m32": "東京都江東区豊洲　　一丁目２番２７号"},
            registry={"address": "東京都江東区豊洲　　一丁目２番２７号"},
            source=_MEDIA,
        ),
        Example({"m07": "ﾐﾎﾝ  ﾀﾛｳ"}, source=_LOSS),
        Example({"m82": "東京都江東区　　豊洲"}, source=_DEPENDANTS),
        phrase="氏名項目形式不正「連続した全角スペースが含まれていないこと」「半角スペースが含まれていないこと」",
        cannot_see=Text(
            "姓と名の間に空白がないことは、KN005・NK002 で調べます。",
            "A missing space between the names is found by KN005 and NK002.",
        ),
    ),
    _item_rule(
        "EM007",
        "media-code-all-zeros",
        "符号・番号がすべて0か、使えない値です(項目名：{items})。",
        "A code or number is all zeros or not allowed ({items}).",
        "em_zero",
        Example({"m05": "00000"}, source=_MEDIA),
        Example({"m03": "99"}, source=_MEDIA),
        Example({"m06": "000000"}, source=_LOSS),
        Example({"m03": "00"}, source=_DEPENDANTS),
        phrase="単項目「'00'、'99'以外であること」「すべて'0'でないこと」",
    ),
    media_rule(
        "EM008",
        "media-quoted-value",
        "値が引用符で囲まれています。電子媒体の仕様に引用符はありません。",
        "A value is quoted; the layout knows no quotes.",
        pl.col("marks").str.contains(":quoted_value|", literal=True),
        bad=(
            Example({"m28": '"あ"'}, source=_MEDIA),
            Example({"m21": '"あ"'}, source=_LOSS),
            Example({"m56": '"あ"'}, source=_DEPENDANTS),
        ),
        good=_CLEAN,
        phrase="区切りの定め(引用符の定めはない)",
    ),
    _item_rule(
        "EM023",
        "media-item-too-short",
        "項目の桁数が足りません(項目名：{items})。",
        "Items are shorter than required ({items}).",
        "em_length",
        Example({"m16": "123", "m17": "567890"}, source=_MEDIA),
        Example({"m12": "1234", "m13": "56789"}, source=_LOSS),
        Example({"m02": "1"}, source=_DEPENDANTS),
        Example({"m02": "1"}, source=_DEPENDANTS, without_registry=True),
        phrase="単項目「Nバイトであること」",
        cannot_see=Text(
            "個人番号の桁数は MN の規則で調べます。",
            "The length of a My Number is judged by MN rules.",
        ),
    ),
    _item_rule(
        "EM024",
        "media-item-width",
        "半角・全角の別が項目の定めと違います(項目名：{items})。",
        "Items are not written in the width or script they must have ({items}).",
        "em_width",
        Example({"m07": "ミホン タロウ"}, source=_MEDIA),
        Example({"m04": "ｱA"}, source=_LOSS),
        Example({"m82": "東京都江東区豊洲1-2-27"}, source=_DEPENDANTS),
        phrase="単項目「半角カナであること」「全角であること」",
    ),
    _item_rule(
        "EM025",
        "media-prefecture-code",
        "都道府県コードが、日本年金機構の表にありません(項目名：{items})。",
        "都道府県コード is not in the pension office's table ({items}).",
        "em_known",
        Example({"m02": "13"}, source=_MEDIA),
        Example({"m02": "27"}, source=_LOSS),
        severity=Severity.INFO,
        good=(Example({"m02": "21"}, source=_MEDIA),),
        phrase="参考資料3 都道府県コード(JIS のコードとは違う。東京は21)",
    ),
    _item_rule(
        "EM026",
        "media-date-half",
        "日付の元号と年月日の一方だけが入っています(項目名：{items})。",
        "Only one of era and day of a date is given ({items}).",
        "em_date_half",
        Example({"m24": "1", "m25": "9"}, source=_LOSS),
        Example({"m07": None}, source=_DEPENDANTS),
        Example({"m07": None}, source=_DEPENDANTS, without_registry=True),
        phrase="相関「元号と年月日は両方入力または両方省略」",
        cannot_see=Text(
            "生年月日・資格取得日・喪失日・異動日は、BD・FM の規則で見ます。",
            "Birth dates and dates of acquisition, loss and change are the business of BD and FM rules.",
        ),
    ),
    _item_rule(
        "EM027",
        "media-date-unreal",
        "日付が実在しません(項目名：{items})。",
        "A date does not exist ({items}).",
        "em_date_unreal",
        Example({"m24": "1", "m25": "9", "m26": "080230"}, source=_LOSS),
        Example({"m06": "7", "m07": "380101"}, source=_DEPENDANTS),
        phrase="単項目「実存日であること」",
        # What is given must be a real day on any form (contract section 3).
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        cannot_see=Text(
            "生年月日・資格取得日・喪失日・異動日は、BD・FM の規則で見ます。",
            "Birth dates and dates of acquisition, loss and change are the business of BD and FM rules.",
        ),
    ),
)
