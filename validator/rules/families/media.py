"""電子媒体 2200700 (EM): the checks of the official list, item by item and across items."""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.fields.name.characters import outside_repertoire_pattern
from validator.rules.media import item
from validator.rules.model import Effect, Example, Rule, Severity, Text

_LIST = "電子申請におけるシステムの自動チェック(資格取得届)"
_NOTHING = Text("なし", "nothing")
_FIX = Text(
    "届書を作成したソフトで直し、ファイルを作り直してもらってください。",
    "Have it corrected in the software that made the file.",
)
_ASSOCIATION = pl.col("receiver") == "association"
_PENSION = pl.col("receiver") == "pension_office"
_AMOUNT_CAP = 9_999_999
_MEDIA = "KPFD0006"

_NUMERIC = (
    1,
    2,
    3,
    5,
    6,
    9,
    10,
    11,
    12,
    14,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    29,
    30,
    33,
    34,
)
_REQUIRED = (1, 2, 3, 4, 5, 7, 9, 10, 18, 19, 20, 21, 22, 23)
_CODES = {
    9: ("1", "3", "5", "7", "9"),
    11: ("1", "2", "3", "5", "6", "7"),
    12: ("1", "3", "4", "6", "7"),
    14: ("1", "2", "3"),
    18: ("7", "9"),
    20: ("0", "1"),
    24: ("1",),
    25: ("1",),
    26: ("1",),
    27: ("1",),
    33: ("1",),
    34: ("1",),
}
NAMES = {
    1: "様式コード",
    2: "都道府県コード",
    3: "郡市区符号",
    4: "事業所記号",
    5: "事業所番号",
    6: "被保険者整理番号",
    7: "氏名(カナ)",
    8: "氏名(漢字)",
    9: "生年月日(元号)",
    10: "生年月日",
    11: "種別(性別)",
    12: "取得区分",
    13: "個人番号",
    14: "住民票住所を記載できない理由",
    15: "個人番号情報(備考欄)",
    16: "基礎年金番号(課所符号)",
    17: "基礎年金番号(一連番号)",
    18: "資格取得年月日(元号)",
    19: "資格取得年月日",
    20: "被扶養者の有無",
    21: "報酬月額(通貨)",
    22: "報酬月額(現物)",
    23: "報酬月額(合計)",
    24: "備考欄項目1",
    25: "備考欄項目2",
    26: "備考欄項目3",
    27: "備考欄項目4",
    28: "備考欄",
    29: "郵便番号(親番号)",
    30: "郵便番号(子番号)",
    31: "住所(カナ)",
    32: "住所(漢字)",
    33: "70歳以上被用者届のみ提出",
    34: "資格確認書発行要否",
}


def _given(number: int) -> pl.Expr:
    return item(number).is_not_null()


def _amount(number: int) -> pl.Expr:
    return item(number).cast(pl.Int64, strict=False)


def _named(conditions: dict[int, pl.Expr]) -> tuple[pl.Expr, dict[str, pl.Expr]]:
    """Any of the conditions, and the names of the items for which it holds."""
    broken = reduce(lambda a, b: a | b.fill_null(False), conditions.values(), pl.lit(False))
    names = pl.concat_str(
        *(pl.when(c.fill_null(False)).then(pl.lit(NAMES[n])) for n, c in conditions.items()),
        separator="、",
        ignore_nulls=True,
    )
    return broken, {"items": names}


def _rule(
    code: str,
    slug: str,
    ja: str,
    en: str,
    when: pl.Expr,
    *,
    bad: Example,
    field: str | None = None,
    params: dict[str, pl.Expr] | None = None,
    good: tuple[Example, ...] = (),
    severity: Severity = Severity.WARNING,
    item_source: str = "",
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=severity,
        effect=Effect.NONE,
        message=Text(ja, en),
        hint=_FIX,
        why=Text("公式の仕様チェックで誤りになる内容です。", "The official checker reports it."),
        source=(_LIST, f"2200700 {item_source}"),
        cannot_see=_NOTHING,
        when=pl.col("is_media") & when.fill_null(False),
        params=params or {},
        bad=(bad,),
        good=good or (Example(source=_MEDIA),),
    )


_required, _required_names = _named({n: ~_given(n) for n in _REQUIRED})
_numeric, _numeric_names = _named(
    {n: _given(n) & ~item(n).str.contains("^[0-9]+$") for n in _NUMERIC}
)
_codes, _codes_names = _named(
    {
        n: _given(n)
        & ~item(n).str.strip_chars_start("0").is_in(list(c) if "0" not in c else ["", *c])
        for n, c in _CODES.items()
    }
)
_outside, _outside_names = _named(
    {n: item(n).str.contains(outside_repertoire_pattern()) for n in (8, 15, 28, 32)}
)
_spaces, _space_names = _named(
    {
        7: item(7).str.contains("  ") | item(7).str.contains("\u3000"),
        8: item(8).str.contains("\u3000\u3000| "),
        31: item(31).str.contains("  "),
        32: item(32).str.contains("\u3000\u3000| "),
    }
)
_total = _amount(21) + _amount(22)

RULES = (
    _rule(
        "EM001",
        "media-item-required",
        "必須の項目が省略されています({items})。",
        "Required items are blank ({items}).",
        _required,
        params=_required_names,
        bad=Example({"m21": None}, source=_MEDIA),
        item_source="「入力されていること」",
    ),
    _rule(
        "EM002",
        "media-item-not-numeric",
        "数字であるべき項目に、数字以外の文字があります({items})。",
        "Items that must be digits are not ({items}).",
        _numeric,
        params=_numeric_names,
        bad=Example({"m05": "1A"}, source=_MEDIA),
        item_source="「数字であること」",
    ),
    _rule(
        "EM003",
        "media-item-code",
        "項目のコードが、決められた値ではありません({items})。",
        "Items hold codes that are not in their list ({items}).",
        _codes,
        params=_codes_names,
        bad=Example({"m12": "2"}, source=_MEDIA),
        item_source="「何れかであること」",
    ),
    _rule(
        "EM004",
        "media-item-too-long",
        "項目が最大桁数を超えています(最大桁数超過)。",
        "An item is longer than allowed (最大桁数超過).",
        pl.col("marks").str.contains(":byte_length_exceeded|", literal=True),
        bad=Example({"m28": "備" * 40}, source=_MEDIA),
        item_source="「Nバイト以内であること」",
    ),
    _rule(
        "EM005",
        "media-character-not-allowed",
        "入力できない文字(外字・機種依存文字)があります({items})。",
        "Characters outside JIS X 0208 ({items}).",
        _outside,
        params=_outside_names,
        bad=Example({"m28": "①番"}, source=_MEDIA),
        item_source="入力不可文字検出",
    ),
    _rule(
        "EM006",
        "media-name-spacing",
        "氏名・住所の空白の入れ方が正しくありません({items})。",
        "Spaces in a name or address are not as required ({items}).",
        _spaces,
        params=_space_names,
        bad=Example({"m08": "見本　　太郎"}, source=_MEDIA),
        item_source="氏名項目形式不正",
    ),
    _rule(
        "EM007",
        "media-office-all-zeros",
        "事業所の符号・番号がすべて0です。",
        "An office code is all zeros.",
        reduce(
            lambda a, b: a | b.fill_null(False),
            [item(3).is_in(["00", "99"]), *(item(n).str.contains("^0+$") for n in (4, 5, 6))],
        ),
        bad=Example({"m05": "00000"}, source=_MEDIA),
        field="office_code",
        item_source="項番3〜6",
    ),
    _rule(
        "EM008",
        "media-quoted-value",
        "値が引用符で囲まれています。電子媒体の仕様に引用符はありません。",
        "A value is quoted; the layout knows no quotes.",
        pl.col("marks").str.contains(":quoted_value|", literal=True),
        bad=Example({"m28": '"あ"'}, source=_MEDIA),
        item_source="区切りの定め",
    ),
    _rule(
        "EM010",
        "media-total-wrong",
        "報酬月額の合計が、通貨と現物の和ではありません(総計不正)。",
        "The total is not cash plus kind (総計不正).",
        pl.when(_total < _AMOUNT_CAP)
        .then(_amount(23) != _total)
        .otherwise(_amount(23) != _AMOUNT_CAP),
        bad=Example({"m23": "300001"}, source=_MEDIA),
        item_source="相関 項番21〜23",
    ),
    _rule(
        "EM011",
        "media-total-too-low",
        "報酬月額の合計が1,000円未満です。",
        "The total is below 1,000 yen.",
        _amount(23) < 1000,
        bad=Example({"m21": "500", "m22": "0", "m23": "500"}, source=_MEDIA),
        item_source="項番23「1000以上であること」",
    ),
    _rule(
        "EM012",
        "media-pension-number-half",
        "基礎年金番号の一方だけが入っています。",
        "Only one half of the 基礎年金番号 is given.",
        _given(16) != _given(17),
        bad=Example({"m16": "1234"}, source=_MEDIA),
        item_source="相関 項番16・17",
    ),
    _rule(
        "EM013",
        "media-reason-text",
        "「住民票住所を記載できない理由」と、その備考が合いません。",
        "Reason code and its remark do not fit.",
        ~_given(13) & (((item(14) == "3") & ~_given(15)) | ((item(14) != "3") & _given(15))),
        bad=Example({"m13": None, "m14": "1", "m15": "出生"}, source=_MEDIA),
        field="no_number_reason",
        item_source="相関 項番13〜15",
    ),
    _rule(
        "EM014",
        "media-only-70-plus",
        "「70歳以上被用者届のみ提出」のときに省くべき項目、または必要な項目が合いません。",
        "The items beside 70歳以上被用者届のみ提出 do not fit.",
        (item(33) == "1") & (_given(11) | _given(12) | (item(24).fill_null("") != "1")),
        bad=Example({"m33": "1"}, source=_MEDIA),
        item_source="相関 項番33",
    ),
    _rule(
        "EM015",
        "media-kind-required",
        "取得区分に対して、種別(性別)または基礎年金番号が合いません。",
        "種別 or 基礎年金番号 does not fit 取得区分.",
        (item(12).is_in(["1", "3", "4"]) & ~_given(11))
        | (item(12).is_in(["3", "4"]) & (~item(11).is_in(["1", "2"]) | _given(16))),
        bad=Example({"m12": "3", "m16": "1234", "m17": "567890"}, source=_MEDIA),
        item_source="相関 項番11・12・16",
    ),
    _rule(
        "EM016",
        "media-70-plus-too-young",
        "「70歳以上被用者該当」ですが、資格取得日に70歳に達していません。",
        "70歳以上被用者該当 is set, but the person is younger.",
        (item(24) == "1")
        & (pl.col("acquired") < pl.col("birth").dt.offset_by("70y").dt.offset_by("-1d")),
        bad=Example({"m24": "1"}, source=_MEDIA),
        item_source="相関 項番24",
    ),
    _rule(
        "EM020",
        "media-number-and-address",
        "年金機構への届書では、個人番号があるとき、理由・郵便番号・住所は省略します。",
        "Towards the pension office a number and an address exclude each other.",
        _PENSION
        & _given(13)
        & reduce(lambda a, b: a | b, (_given(n) for n in (14, 15, 29, 30, 31, 32))),
        bad=Example({"receiver": "pension_office"}, source=_MEDIA),
        field="address",
        item_source="相関 項番13",
    ),
    _rule(
        "EM021",
        "media-address-required",
        "年金機構への届書で個人番号がないときは、郵便番号と住所(カナ)が必要です。",
        "Towards the pension office, without a number the address is required.",
        _PENSION & ~_given(13) & ~(_given(29) & _given(30) & _given(31)),
        bad=Example(
            {"receiver": "pension_office", "m13": None, "m14": "1", "m31": None}, source=_MEDIA
        ),
        field="address",
        item_source="相関 項番29〜31",
    ),
    _rule(
        "EM022",
        "media-pension-items-for-association",
        "健康保険組合への届書では、基礎年金番号と「70歳以上被用者届のみ提出」は使いません。",
        "Towards an association 基礎年金番号 and 70歳以上…のみ are not used.",
        _ASSOCIATION & (_given(16) | _given(17) | _given(33)),
        bad=Example({"m16": "1234", "m17": "567890"}, source=_MEDIA),
        severity=Severity.INFO,
        item_source="健保組合版の記入方法",
    ),
)
