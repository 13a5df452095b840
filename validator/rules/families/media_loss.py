"""Electronic media 2201700 資格喪失届 (ES): the official checks across items.

The loss date itself is judged by FM009 (the day after leaving or death), FM018 (75th birthday) and
FM030 (after birth), for tables and electronic media alike. Which items are required or blank under
which condition stands in ``schemas/layouts/2201700.toml``.
"""

from __future__ import annotations

import polars as pl

from validator.rules.media import LOSS, given, item
from validator.rules.media_conditions import date_fact
from validator.rules.media_rules import ASSOCIATION, PENSION_OFFICE, declared_rule, media_rule
from validator.rules.model import Example, Severity

_SOURCE = "KPFD0006 2201700"
_no_longer = pl.col(date_fact(25))
_CAUSE = item(16).str.strip_chars_start("0")
_TO_PENSION_OFFICE: dict[str, str | None] = {"receiver": "pension_office"}
# 70歳以上被用者届のみ: the record as it should be then.
_ONLY_70: dict[str, str | None] = {
    "m27": "1", "m24": "1", "m06": None, "m14": None, "m15": None, "m25": "9", "m26": "081117",
}  # fmt: skip


def _example(*changes: dict[str, str | None]) -> Example:
    merged: dict[str, str | None] = {}
    for one in changes:
        merged |= one
    return Example(merged, source=_SOURCE)


_CLEAN = _example()

RULES = (
    media_rule(
        "ES001",
        "media-loss-pension-number-half",
        "基礎年金番号の一方だけが入っています。",
        "Only one half of the 基礎年金番号 is given.",
        given(12) != given(13),
        phrase="相関 項番12・13",
        bad=(_example({"m12": "1234"}), _example({"m13": "567890"})),
        good=(_CLEAN, _example({"m12": "1234", "m13": "567890"})),
        form=LOSS,
    ),
    declared_rule(
        "ES002",
        "media-loss-pension-number-required",
        "年金機構への届書で個人番号がないときは、基礎年金番号が必要です(項目名：{items})。",
        "Towards the pension office, without a My Number the 基礎年金番号 is required ({items}).",
        form=LOSS,
        towards=PENSION_OFFICE,
        phrase="相関 項番11〜13「入力されていること」",
        bad=(_example(_TO_PENSION_OFFICE, {"m11": None}),),
        good=(
            _example({"m11": None}),
            _example(_TO_PENSION_OFFICE, {"m11": None, "m12": "1234", "m13": "567890"}),
        ),
    ),
    declared_rule(
        "ES003",
        "media-loss-leaving-date-required",
        "退職等・死亡による喪失ですが、その年月日が省略されています(項目名：{items})。",
        "Loss by leaving or death, but its date is blank ({items}).",
        form=LOSS,
        phrase="相関 項番16〜18「入力されていること」",
        bad=(
            _example({"m17": None, "m18": None}),
            _example({"m16": "5", "m17": None, "m18": None}),
        ),
        good=(_CLEAN, _example({"m16": "9", "m17": None, "m18": None})),
    ),
    declared_rule(
        "ES004",
        "media-loss-leaving-date-not-due",
        "退職等・死亡以外の喪失では省略すべき項目に、入力があります(項目名：{items})。",
        "Items that only belong to leaving or death are given for another cause ({items}).",
        form=LOSS,
        phrase="相関 項番16〜18「省略されていること」",
        bad=(_example({"m16": "9"}), _example({"m16": "11"})),
        good=(_CLEAN, _example({"m16": "04"}), _example({"m16": "5"})),
    ),
    declared_rule(
        "ES005",
        "media-loss-date-required",
        "資格喪失年月日が省略されています(項目名：{items})。",
        "The date of loss is blank ({items}).",
        form=LOSS,
        phrase="項番14・15「入力されていること」",
        bad=(_example({"m14": None, "m15": None}),),
        good=(_CLEAN, _example(_ONLY_70)),
        field="lost_on",
    ),
    declared_rule(
        "ES006",
        "media-loss-only-70-plus",
        "「70歳以上被用者届のみ提出」のときの項目が合いません(項目名：{items})。",
        "The items beside 70歳以上被用者届のみ提出 do not fit ({items}).",
        form=LOSS,
        phrase="相関 項番27「省略されていること」「'1'であること」",
        bad=(
            _example(_ONLY_70, {"m24": None}),
            _example(_ONLY_70, {"m06": "1234"}),
            _example(_ONLY_70, {"m14": "9", "m15": "081119"}),
        ),
        good=(_CLEAN, _example(_ONLY_70)),
    ),
    declared_rule(
        "ES007",
        "media-loss-70-plus-date-required",
        "70歳不該当ですが、不該当年月日が省略されています(項目名：{items})。",
        "70歳不該当 is set, but its date is blank ({items}).",
        form=LOSS,
        phrase="相関 項番24〜26「入力されていること」",
        bad=(_example({"m24": "1"}), _example({"m24": "1", "m25": "9"})),
        good=(_CLEAN, _example(_ONLY_70)),
    ),
    media_rule(
        "ES008",
        "media-loss-70-plus-date-other",
        "退職等・死亡による70歳不該当ですが、不該当年月日が退職日(死亡日)と違います。",
        "70歳不該当 by leaving or death: its date must be that of leaving or death.",
        (item(24) == "1") & _CAUSE.is_in(["4", "5"]) & (_no_longer != pl.col("left")),
        phrase="相関 項番24「不該当年月日＝退職日死亡日」",
        bad=(
            _example({"m24": "1", "m25": "9", "m26": "081118"}),
            _example(_ONLY_70, {"m26": "081116", "m16": "5"}),
        ),
        good=(
            _CLEAN,
            _example({"m24": "1", "m25": "9", "m26": "081117"}),
            _example(
                {"m24": "1", "m25": "9", "m26": "081101", "m16": "9", "m17": None, "m18": None}
            ),
            _example({"m25": "9", "m26": "081116"}),
        ),
        form=LOSS,
    ),
    media_rule(
        "ES009",
        "media-loss-70-plus-date-future",
        "不該当年月日が、チェックを実施する日より後です。",
        "The date of 70歳不該当 is in the future.",
        _no_longer > pl.col("as_of"),
        phrase="相関「不該当年月日≦システムチェック実施日」",
        bad=(
            _example({"m24": "1", "m25": "9", "m26": "081124"}),
            _example(
                {"m24": "1", "m25": "9", "m26": "081124", "m16": "9", "m17": None, "m18": None}
            ),
        ),
        good=(_CLEAN, _example({"m24": "1", "m25": "9", "m26": "081123"})),
        form=LOSS,
    ),
    declared_rule(
        "ES010",
        "media-loss-items-for-pension-office",
        "健康保険組合への届書では使わない項目に、入力があります(項目名：{items})。",
        "Items that an association does not use are given ({items}).",
        form=LOSS,
        towards=ASSOCIATION,
        phrase="健保組合版の記入方法(項番12・13・24〜27は使わない)",
        bad=(_example({"m12": "1234", "m13": "567890"}), _example(_ONLY_70)),
        good=(_CLEAN, _example(_TO_PENSION_OFFICE, _ONLY_70)),
        severity=Severity.INFO,
    ),
)
