"""Electronic media 2200700 資格取得届 (EM): the official checks across items."""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.rules.media import ACQUISITION, given, item
from validator.rules.media_rules import ASSOCIATION, PENSION_OFFICE, amount, media_rule
from validator.rules.model import Example, Rule, Severity

_MEDIA = "KPFD0006"
_AMOUNT_CAP = 9_999_999
_NO_ADDRESS: dict[str, str | None] = {
    "receiver": "pension_office",
    "m29": None,
    "m30": None,
    "m32": None,
}
_CASH, _KIND, _TOTAL = (amount(item(n)) for n in (21, 22, 23))


def _rule(
    code: str,
    slug: str,
    ja: str,
    en: str,
    when: pl.Expr,
    *bad: dict[str, str | None],
    phrase: str,
    good: tuple[dict[str, str | None], ...] = (),
    field: str | None = None,
    severity: Severity = Severity.WARNING,
) -> Rule:
    return media_rule(
        code,
        slug,
        ja,
        en,
        when,
        phrase=phrase,
        bad=tuple(Example(one, source=_MEDIA) for one in bad),
        good=tuple(Example(one, source=_MEDIA) for one in ({}, *good)),
        form=ACQUISITION,
        field=field,
        severity=severity,
    )


RULES = (
    _rule(
        "EM010",
        "media-total-wrong",
        "報酬月額の合計が、通貨と現物の和ではありません(項目名：報酬月額(合計) エラー内容：総計不正)。",
        "The total is not cash plus kind (総計不正).",
        pl.when(_CASH + _KIND < _AMOUNT_CAP)
        .then(_TOTAL != _CASH + _KIND)
        .otherwise(_TOTAL != _AMOUNT_CAP),
        {"m23": "300001"},
        {"m21": "9999999", "m22": "1", "m23": "10000000"},
        good=(
            {"m21": "0250000", "m22": "50000", "m23": "300000"},
            {"m21": "9999999", "m22": "50000", "m23": "9999999"},
        ),
        phrase="相関 項番21〜23「通貨＋現物、ただし9,999,999円以上は9999999」",
    ),
    _rule(
        "EM011",
        "media-total-too-low",
        "報酬月額の合計が1,000円未満です。",
        "The total is below 1,000 yen.",
        _TOTAL < 1000,
        {"m21": "999", "m22": "0", "m23": "999"},
        good=({"m21": "1000", "m22": "0", "m23": "1000"},),
        phrase="項番23「1000以上であること」",
    ),
    _rule(
        "EM012",
        "media-pension-number-half",
        "基礎年金番号の一方だけが入っています。",
        "Only one half of the 基礎年金番号 is given.",
        given(16) != given(17),
        {"m16": "1234"},
        {"m17": "567890"},
        good=({"m16": "1234", "m17": "567890"},),
        phrase="相関 項番16・17",
    ),
    _rule(
        "EM013",
        "media-reason-text",
        "「住民票住所を記載できない理由」と、その備考が合いません。",
        "Reason code and its remark do not fit.",
        ~given(13) & (((item(14) == "3") & ~given(15)) | (~item(14).eq_missing("3") & given(15))),
        {"m13": None, "m14": "1", "m15": "出生"},
        {"m13": None, "m14": "3"},
        {"m13": None, "m15": "出生"},
        good=({"m13": None, "m14": "3", "m15": "出生"}, {"m13": None, "m14": "1"}),
        field="no_number_reason",
        phrase="相関 項番13〜15",
    ),
    _rule(
        "EM014",
        "media-only-70-plus",
        "「70歳以上被用者届のみ提出」のときに省くべき項目、または必要な項目が合いません。",
        "The items beside 70歳以上被用者届のみ提出 do not fit.",
        (item(33) == "1") & (given(11) | given(12) | ~item(24).eq_missing("1")),
        {"m33": "1"},
        {"m33": "1", "m11": None, "m12": None},
        {"m33": "1", "m11": None, "m24": "1"},
        {"m33": "1", "m12": None, "m24": "1"},
        good=({"m33": "1", "m11": None, "m12": None, "m24": "1"},),
        phrase="相関 項番33「省略されていること」",
    ),
    _rule(
        "EM015",
        "media-kind-required",
        "取得区分に対して、種別(性別)または基礎年金番号が合いません。",
        "種別 or 基礎年金番号 does not fit 取得区分.",
        (item(12).is_in(["1", "3", "4"]) & ~given(11))
        | (item(12).is_in(["3", "4"]) & (~item(11).is_in(["1", "2"]) | given(16))),
        {"m12": "3", "m16": "1234", "m17": "567890"},
        {"m11": None},
        {"m12": "4", "m11": "3"},
        {"m12": "3", "m11": None},
        {"m12": "4", "m11": None},
        {"m12": "3", "m16": "1234"},
        good=(
            {"m12": "3"},
            {"m12": "6", "m11": None},
            {"m12": "3", "m11": "2"},
        ),
        phrase="相関 項番11・12・16",
    ),
    _rule(
        "EM016",
        "media-70-plus-too-young",
        "「70歳以上被用者該当」ですが、資格取得日に70歳に達していません。",
        "70歳以上被用者該当 is set, but the person is younger.",
        (item(24) == "1")
        & (pl.col("acquired") < pl.col("birth").dt.offset_by("-1d").dt.offset_by("70y")),
        {"m24": "1"},
        {"m24": "1", "m09": "5", "m10": "311120"},
        good=({"m24": "1", "m09": "5", "m10": "311119"},),
        phrase="相関 項番24「資格取得年月日≧(生年月日−1日)＋70年」",
    ),
    _rule(
        "EM020",
        "media-number-and-address",
        "年金機構への届書では、個人番号があるとき、理由・郵便番号・住所は省略します。",
        "Towards the pension office a number and an address exclude each other.",
        PENSION_OFFICE
        & given(13)
        & reduce(lambda a, b: a | b, (given(n) for n in (14, 15, 29, 30, 31, 32))),
        {"receiver": "pension_office"},
        {**_NO_ADDRESS, "m14": "1"},
        {**_NO_ADDRESS, "m15": "通知待ち"},
        {**_NO_ADDRESS, "m29": "135"},
        {**_NO_ADDRESS, "m30": "0061"},
        {**_NO_ADDRESS, "m31": "ﾄｳｷﾖｳﾄ"},
        {**_NO_ADDRESS, "m32": "東京都江東区"},
        good=(
            _NO_ADDRESS,
            {"receiver": "pension_office", "m13": None, "m14": "1", "m31": "ﾄｳｷﾖｳﾄ"},
        ),
        field="address",
        phrase="相関 項番13「省略されていること」",
    ),
    _rule(
        "EM021",
        "media-address-required",
        "年金機構への届書で個人番号がないときは、郵便番号と住所(カナ)が必要です。",
        "Towards the pension office, without a number the address is required.",
        PENSION_OFFICE & ~given(13) & ~(given(29) & given(30) & given(31)),
        {"receiver": "pension_office", "m13": None, "m14": "1", "m31": None},
        {"receiver": "pension_office", "m13": None, "m14": "1", "m29": None, "m31": "ﾄｳｷﾖｳﾄ"},
        {"receiver": "pension_office", "m13": None, "m14": "1", "m30": None, "m31": "ﾄｳｷﾖｳﾄ"},
        good=(
            {"receiver": "pension_office", "m13": None, "m14": "1", "m31": "ﾄｳｷﾖｳﾄ"},
            _NO_ADDRESS,
        ),
        field="address",
        phrase="相関 項番29〜31「入力されていること」",
    ),
    _rule(
        "EM022",
        "media-pension-items-for-association",
        "健康保険組合への届書では、基礎年金番号と「70歳以上被用者届のみ提出」は使いません。",
        "Towards an association 基礎年金番号 and 70歳以上…のみ are not used.",
        ASSOCIATION & (given(16) | given(17) | given(33)),
        {"m16": "1234", "m17": "567890"},
        {"m33": "1"},
        {"m17": "567890"},
        {"m16": "1234"},
        severity=Severity.INFO,
        phrase="健保組合版の記入方法",
    ),
)
