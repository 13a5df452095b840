"""Electronic media 2202700 被扶養者(異動)届 (ED): the official checks across items.

A record is one person of the line: other dependants are all judged under the item numbers of the
first one. Which items are required or blank under which condition stands in
``schemas/layouts/2202700.toml``.
"""

from __future__ import annotations

import polars as pl

from validator.rules.media import DEPENDANTS, given, item
from validator.rules.media_conditions import date_fact
from validator.rules.media_rules import ASSOCIATION, PENSION_OFFICE, declared_rule, media_rule
from validator.rules.model import Example, Severity

_SOURCE = "KPFD0006 2202700"
_INSURED = pl.col("block") == "insured"
_TO_PENSION_OFFICE: dict[str, str | None] = {"receiver": "pension_office"}
_SECOND_FILLED: dict[str, str | None] = {
    "m104": "ﾐﾎﾝ ｼﾞﾛｳ", "m105": "見本　次郎", "m106": "9", "m107": "070401", "m108": "1", "m109": "01",
    "m111": "{valid:14142135623}", "m112": "1", "m113": "135", "m114": "0061",
    "m115": "東京都江東区豊洲一丁目２番２７号", "m123": "9",
    "m124": "081118", "m125": "4", "m127": "0",
}  # fmt: skip
# The clean line with a removal or a change instead of the addition.
_REMOVAL: dict[str, str | None] = {
    "m21": "2", "m17": None, "m35": None, "m44": None, "m45": None, "m46": None, "m48": None,
    "m50": "9", "m51": "081118", "m52": "3", "m79": None, "m90": None, "m91": None, "m92": None,
    "m95": None, "m97": "9", "m98": "081118",
}  # fmt: skip
_CHANGE: dict[str, str | None] = {
    "m21": "3", "m17": None, "m35": None, "m46": None, "m48": None, "m79": None, "m92": None,
    "m95": None, "m56": "氏名変更", "m101": "氏名変更",
}  # fmt: skip
_NO_SPOUSE: dict[str, str | None] = {f"m{n}": None for n in range(22, 69)}
_NO_OTHER: dict[str, str | None] = {f"m{n}": None for n in range(70, 103)}


def _example(*changes: dict[str, str | None]) -> Example:
    merged: dict[str, str | None] = {}
    for one in changes:
        merged |= one
    # The registry of the examples knows the insured person alone.
    return Example(merged, source=_SOURCE, without_registry=True)


_CLEAN = (_example(), _example(_REMOVAL), _example(_CHANGE), _example(_SECOND_FILLED))


def _has(block: str) -> pl.Expr:
    return pl.col("media_blocks").str.contains(block, literal=True)


RULES = (
    declared_rule(
        "ED001",
        "media-dependant-item-required",
        "異動の別により必要な項目が省略されています(項目名：{items})。",
        "Items that 異動の別 requires are blank ({items}).",
        form=DEPENDANTS,
        phrase="相関 項番21「入力されていること」",
        bad=(
            _example({"m35": None}),
            _example({"m94": None}),
            _example(_REMOVAL, {"m52": None}),
            _example(_REMOVAL, {"m98": None}),
            _example(_REMOVAL, {"m08": None, "m141": None}),
            _example(_CHANGE, {"m56": None}),
            _example(_CHANGE, {"m101": None}),
            _example(_SECOND_FILLED, {"m125": None}),
        ),
        good=(*_CLEAN, _example(_REMOVAL, {"m08": None})),
    ),
    declared_rule(
        "ED002",
        "media-dependant-item-not-due",
        "異動の別により省略すべき項目に、入力があります(項目名：{items})。",
        "Items that 異動の別 excludes are given ({items}).",
        form=DEPENDANTS,
        phrase="相関 項番21「省略されていること」",
        bad=(
            _example({"m36": "13"}),
            _example({"m99": "2"}),
            _example(_REMOVAL, {"m17": "3000000"}),
            _example(_REMOVAL, {"m48": "1"}),
            _example(_CHANGE, {"m69": "0"}),
        ),
        good=_CLEAN,
    ),
    declared_rule(
        "ED003",
        "media-dependant-block-incomplete",
        "被扶養者の欄に必要な項目が省略されています(項目名：{items})。",
        "Items that every dependant needs are blank ({items}).",
        form=DEPENDANTS,
        phrase="相関 項番26〜28・37〜39・73〜76「入力されていること」",
        bad=(
            _example({"m37": None}),
            _example({"m76": None}),
            _example(_REMOVAL, {"m28": None}),
            _example(_REMOVAL, {"m75": None}),
        ),
        good=_CLEAN,
    ),
    declared_rule(
        "ED004",
        "media-dependant-text-required",
        "「その他」の内容が省略されています(項目名：{items})。",
        "その他 is chosen, but its text is blank ({items}).",
        form=DEPENDANTS,
        phrase="相関「その他のとき入力されていること」",
        bad=(
            _example({"m46": "5"}),
            _example({"m76": "10"}),
            _example(_REMOVAL, {"m99": "6"}),
        ),
        good=(*_CLEAN, _example({"m46": "5", "m47": "同居", "m76": "10", "m77": "甥"})),
    ),
    declared_rule(
        "ED005",
        "media-dependant-text-not-due",
        "「その他」でないときは省略すべき項目に、入力があります(項目名：{items})。",
        "A text for その他 is given beside another choice ({items}).",
        form=DEPENDANTS,
        phrase="相関「その他以外のとき省略されていること」",
        bad=(_example({"m77": "甥"}), _example(_REMOVAL, {"m53": "同居"})),
        good=(*_CLEAN, _example(_REMOVAL, {"m52": "6", "m53": "別居"})),
    ),
    declared_rule(
        "ED006",
        "media-dependant-death-date",
        "死亡年月日が、でなくなった理由と合いません(項目名：{items})。",
        "The date of death does not fit the reason of removal ({items}).",
        form=DEPENDANTS,
        phrase="相関 項番52・54・55",
        bad=(
            _example(_REMOVAL, {"m52": "1"}),
            _example(_REMOVAL, {"m54": "9", "m55": "081117"}),
        ),
        good=(*_CLEAN, _example(_REMOVAL, {"m52": "1", "m54": "9", "m55": "081117"})),
    ),
    declared_rule(
        "ED007",
        "media-dependant-overseas-items",
        "海外特例の該当・非該当に必要な項目が省略されています(項目名：{items})。",
        "Items that 海外特例 requires are blank ({items}).",
        form=DEPENDANTS,
        phrase="相関 項番58〜68・83〜89「入力されていること」",
        bad=(
            _example({"m58": "1"}),
            _example({"m83": "1"}),
            _example(_CHANGE, {"m44": None, "m45": None, "m58": "2"}),
            _example(_CHANGE, {"m90": None, "m91": None, "m83": "2", "m86": "1"}),
        ),
        good=(
            *_CLEAN,
            _example({"m58": "1", "m59": "9", "m60": "081101", "m61": "1", "m83": "1", "m84": "2"}),
        ),
    ),
    media_rule(
        "ED008",
        "media-dependant-overseas-and-event",
        "海外特例と、被扶養者になった日・でなくなった日が合いません。",
        "海外特例 does not fit the dates of becoming or ceasing to be a dependant.",
        ((item(58) == "2") & given(45)) | (given(58) & given(51)) | ((item(83) == "2") & given(91)),
        phrase="相関 項番58・83",
        bad=(
            _example({"m58": "2", "m63": "9", "m64": "081101", "m65": "2", "m66": "帰国"}),
            _example(_REMOVAL, {"m58": "1", "m59": "9", "m60": "081101", "m61": "1"}),
            _example({"m83": "2", "m86": "2", "m87": "帰国"}),
        ),
        good=(
            *_CLEAN,
            _example({"m58": "1", "m59": "9", "m60": "081101", "m61": "1", "m83": "1", "m84": "2"}),
        ),
        form=DEPENDANTS,
    ),
    media_rule(
        "ED009",
        "media-dependant-line-without-dependant",
        "被扶養者の欄(配偶者・その他1・その他2)がすべて空欄です。",
        "The line names no dependant at all.",
        _INSURED & (pl.col("media_blocks") == "insured"),
        phrase="被扶養者欄のいずれかが入力されていること",
        bad=(_example(_NO_SPOUSE, _NO_OTHER), _example(_NO_SPOUSE, _NO_OTHER, {"m69": "0"})),
        good=(*_CLEAN, _example(_NO_SPOUSE), _example(_NO_OTHER)),
        form=DEPENDANTS,
    ),
    media_rule(
        "ED010",
        "media-dependant-second-before-first",
        "その他の被扶養者1の欄を空けたまま、2の欄に記入しています。",
        "Other dependant 2 is filled before other dependant 1.",
        _INSURED & _has("other2") & ~_has("other1"),
        phrase="その他の被扶養者は1から順に入力されていること",
        bad=(_example(_NO_OTHER, _SECOND_FILLED),),
        good=(
            *_CLEAN,
            _example(_NO_OTHER),
        ),
        form=DEPENDANTS,
    ),
    media_rule(
        "ED011",
        "media-dependant-certificate-without-person",
        "空欄の被扶養者に、資格確認書発行要否の記入があります。",
        "資格確認書発行要否 is given for a dependant who is not there.",
        _INSURED
        & (
            (given(137) & ~_has("spouse"))
            | (given(138) & ~_has("other1"))
            | (given(139) & ~_has("other2"))
        ),
        phrase="相関 項番137〜139「省略されていること」",
        bad=(
            _example(_NO_SPOUSE, {"m137": "1"}),
            _example(_NO_OTHER, {"m138": "1"}),
            _example({"m139": "1"}),
        ),
        good=(*_CLEAN, _example({"m137": "1", "m138": "1"})),
        form=DEPENDANTS,
    ),
    media_rule(
        "ED012",
        "media-dependant-pension-number-half",
        "基礎年金番号の一方だけが入っています。",
        "Only one half of a 基礎年金番号 is given.",
        (_INSURED & (given(15) != given(16))) | (given(30) != given(31)),
        phrase="相関 項番15・16、30・31",
        bad=(_example({"m15": "1234"}), _example({"m31": "567890"})),
        good=(*_CLEAN, _example({"m15": "1234", "m16": "567890"})),
        form=DEPENDANTS,
    ),
    declared_rule(
        "ED013",
        "media-dependant-pension-number-required",
        "年金機構への届書で被保険者の個人番号がないときは、基礎年金番号が必要です(項目名：{items})。",
        "Towards the pension office, without the insured's My Number the 基礎年金番号 is required ({items}).",
        form=DEPENDANTS,
        towards=PENSION_OFFICE,
        phrase="相関 項番14〜16「入力されていること」",
        bad=(
            _example(
                _TO_PENSION_OFFICE,
                {"m14": None, "m18": "135", "m19": "0061"},
                {"m20": "東京都江東区豊洲一丁目２番２７号"},
            ),
            _example(_TO_PENSION_OFFICE, {"m14": None}),
        ),
        good=(*_CLEAN, _example({"m14": None}), _example(_TO_PENSION_OFFICE)),
    ),
    declared_rule(
        "ED014",
        "media-dependant-number-and-address",
        "年金機構への届書では、被保険者の個人番号があるとき住所を省略します(項目名：{items})。",
        "Towards the pension office the insured's number and address exclude each other ({items}).",
        form=DEPENDANTS,
        towards=PENSION_OFFICE,
        phrase="相関 項番14・18〜20「省略されていること」",
        bad=(
            _example(
                _TO_PENSION_OFFICE,
                {"m18": "135", "m19": "0061", "m20": "東京都江東区豊洲一丁目２番２７号"},
            ),
        ),
        good=(*_CLEAN, _example({"m18": "135", "m19": "0061", "m20": "東京都江東区豊洲"})),
        field="address",
    ),
    declared_rule(
        "ED015",
        "media-dependant-address-required",
        "年金機構への届書で被保険者の個人番号がないときは、住所が必要です(項目名：{items})。",
        "Towards the pension office, without the insured's number the address is required ({items}).",
        form=DEPENDANTS,
        towards=PENSION_OFFICE,
        phrase="相関 項番14・18〜20「入力されていること」",
        bad=(
            _example(_TO_PENSION_OFFICE, {"m14": None, "m15": "1234", "m16": "567890"}),
            _example(_TO_PENSION_OFFICE, {"m14": None}),
        ),
        good=(*_CLEAN, _example({"m14": None}), _example(_TO_PENSION_OFFICE)),
        field="address",
    ),
    media_rule(
        "ED016",
        "media-dependant-employer-date-future",
        "事業主等受付年月日が、チェックを実施する日より後です。",
        "The employer's date of reception is in the future.",
        _INSURED & (pl.col(date_fact(6)) > pl.col("as_of")),
        phrase="相関「事業主等受付年月日≦システムチェック実施日」",
        bad=(_example({"m06": "9", "m07": "081124"}),),
        good=(*_CLEAN, _example({"m06": "9", "m07": "081123"})),
        form=DEPENDANTS,
    ),
    declared_rule(
        "ED017",
        "media-dependant-items-for-pension-office",
        "健康保険組合への届書では使わない項目(基礎年金番号・第3号)に、入力があります(項目名：{items})。",
        "Items that an association does not use are given ({items}).",
        form=DEPENDANTS,
        towards=ASSOCIATION,
        phrase="健保組合版の記入方法(第3号被保険者関係届は年金機構へ)",
        bad=(
            _example({"m15": "1234", "m16": "567890"}),
            _example({"m22": "9", "m23": "081118"}),
        ),
        good=(*_CLEAN, _example(_TO_PENSION_OFFICE, {"m22": "9", "m23": "081118"})),
        severity=Severity.INFO,
    ),
)
