"""被扶養者(異動)届 (FM): living apart, 続柄 in words, income, residence."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import NEW_DEPENDANT, finding, given

_COARSE = ("子", "子供", "子ども", "こども", "親", "兄弟", "姉妹", "兄弟姉妹", "家族", "親族", "扶養", "被扶養者")  # fmt: skip
_NEW = {
    "form": "hifuyosha_ido",
    "change_type": "1",
    "acquired_on": None,
    "event_on": "2026-11-18",
}
_ASK = (
    "被扶養者の認定の資料で確認してください。",
    "See the papers of the recognition as a dependant.",
)

RULES: tuple[Rule, ...] = (
    finding(
        "FM023",
        "apart-without-remittance",
        "remittance",
        Severity.INFO,
        (
            "別居の被扶養者ですが、仕送額がありません。",
            "The dependant lives apart, but no remittance is given.",
        ),
        _ASK,
        (
            "別居のときは、住所と仕送りの額で生計の維持を判断します。",
            "Living apart, support is judged by address and remittance.",
        ),
        ("hold-path 6 被扶養者(異動)届",),
        NEW_DEPENDANT & (pl.col("living_code") == "apart") & ~given("remittance"),
        (
            Example({**_NEW, "living_together": "2"}),
            Example({**_NEW, "living_together": "別居"}),
        ),
        (
            Example({**_NEW, "living_together": "2", "remittance": "1,200,000"}),
            Example({**_NEW, "living_together": "1"}),
            Example({**_NEW, "change_type": "2", "living_together": "2"}),
        ),
        cannot_see=(
            "仕送りの要らない別居(単身赴任・入学・入院など)は分かりません。",
            "Living apart for work, school or hospital needs none and cannot be told.",
        ),
    ),
    finding(
        "FM024",
        "relationship-too-coarse",
        "relationship",
        Severity.INFO,
        (
            "続柄が「子」「親」などの大きな区分です。",
            "The relation is a coarse word such as 子 or 親.",
        ),
        (
            "長男・長女・父・母のように書いてもらうと、性別と生年月日を確かめられます。",
            "Words like 長男 or 母 let sex and birth date be checked.",
        ),
        ("続柄は具体的な言葉で書きます。", "The relation is to be written in exact words."),
        ("hold-path 6 被扶養者(異動)届",),
        NEW_DEPENDANT
        & ~pl.col("is_media")
        & pl.col("relationship").str.strip_chars(" 　").is_in(_COARSE),
        (
            Example({**_NEW, "relationship": "子"}),
            *(
                Example({**_NEW, "relationship": word})
                for word in (
                    "子供",
                    "子ども",
                    "こども",
                    "親",
                    "兄弟",
                    "姉妹",
                    "兄弟姉妹",
                    "家族",
                    "親族",
                    "扶養",
                    "被扶養者",
                )
            ),
        ),
        (
            Example({**_NEW, "relationship": "長男"}),
            Example({**_NEW, "relationship": None}),
            Example({"relationship": "子"}),
        ),
    ),
    finding(
        "FM025",
        "annual-income-unreadable",
        "annual_income",
        Severity.INFO,
        (
            "年間収入を金額として読めません。",
            "The annual income cannot be read as an amount.",
        ),
        ("金額を数字で書いてもらってください。", "Have the amount given in digits."),
        (
            "収入の額は、被扶養者の認定の基準です。",
            "The amount decides on the recognition.",
        ),
        ("2202700 項番49・94", "hold-path 6 被扶養者(異動)届"),
        NEW_DEPENDANT & given("annual_income") & pl.col("income").is_null(),
        (Example({**_NEW, "annual_income": "パート"}),),
        (
            Example({**_NEW, "annual_income": "98万円"}),
            Example({**_NEW, "annual_income": "なし"}),
            Example({**_NEW, "annual_income": None}),
        ),
    ),
    finding(
        "FM026",
        "annual-income-over-limit",
        "annual_income",
        Severity.INFO,
        (
            "年間収入が、被扶養者の目安(130万円、60歳以上180万円、19〜22歳150万円)以上です。",
            "The annual income reaches the limit (1.3 million yen; 1.8 from 60; 1.5 at 19 to 22).",
        ),
        _ASK,
        (
            "収入の見込みが目安以上の人は、原則として被扶養者になれません。",
            "With such an income one is not a dependant as a rule.",
        ),
        (
            "昭和52年4月6日 保発第9号",
            "令和7年10月1日からの19歳以上23歳未満の基準",
        ),
        NEW_DEPENDANT & (pl.col("income") >= pl.col("income_limit")),
        (
            Example({**_NEW, "annual_income": "1300000", "relationship": "妻"}),
            Example(
                {
                    **_NEW,
                    "annual_income": "1300000",
                    "relationship": "妻",
                    "birth_date": "2005-06-01",
                },
                registry={"birth_date": "2005-06-01"},
            ),
            Example(
                {**_NEW, "annual_income": "1300000", "relationship": "妻", "sex": "2"},
                registry={"sex": "2"},
            ),
        ),
        (
            Example({**_NEW, "annual_income": "1299999", "relationship": "妻"}),
            Example(
                {
                    **_NEW,
                    "annual_income": "1499999",
                    "relationship": "長男",
                    "birth_date": "2005-06-01",
                },
                registry={"birth_date": "2005-06-01"},
            ),
            Example(
                {
                    **_NEW,
                    "annual_income": "1799999",
                    "relationship": "母",
                    "birth_date": "1966-11-19",
                },
                registry={"birth_date": "1966-11-19"},
            ),
        ),
        cannot_see=(
            "障害のある人の目安(180万円)と一時的な収入の増加は分かりません。",
            "The limit of people with a disability and passing rises of income cannot be told.",
        ),
    ),
    finding(
        "FM027",
        "remittance-below-income",
        "remittance",
        Severity.INFO,
        (
            "別居の被扶養者の年間収入が、仕送額以上です。",
            "The income of a dependant living apart is not below the remittance.",
        ),
        _ASK,
        (
            "別居のときは、収入が仕送額より少ないことが基準です。",
            "Living apart, the income must be below the remittance.",
        ),
        ("昭和52年4月6日 保発第9号",),
        NEW_DEPENDANT
        & (pl.col("living_code") == "apart")
        & (pl.col("income") >= pl.col("remitted"))
        & (pl.col("income") > 0),
        (
            Example(
                {
                    **_NEW,
                    "living_together": "2",
                    "annual_income": "800000",
                    "remittance": "600000",
                }
            ),
            Example(
                {**_NEW, "living_together": "2", "annual_income": "600000", "remittance": "600000"}
            ),
            Example({**_NEW, "living_together": "2", "annual_income": "1", "remittance": "0"}),
        ),
        (
            Example(
                {
                    **_NEW,
                    "living_together": "2",
                    "annual_income": "500000",
                    "remittance": "600000",
                }
            ),
            Example(
                {**_NEW, "living_together": "1", "annual_income": "800000", "remittance": "600000"}
            ),
            Example({**_NEW, "living_together": "2", "annual_income": "0", "remittance": "0"}),
        ),
    ),
    finding(
        "FM028",
        "abroad-without-exception",
        "overseas_exception",
        Severity.INFO,
        (
            "海外在住の被扶養者ですが、海外特例がありません。",
            "The dependant lives abroad, but no overseas exception is given.",
        ),
        (
            "留学や同行家族など、海外特例に当たるか確認してください。",
            "See whether an exception (study, accompanying family …) applies.",
        ),
        (
            "被扶養者は、国内に住所があるか、海外特例に当たる人です。",
            "Dependants live in Japan, or an exception applies.",
        ),
        ("健康保険法 第3条第7項", "hold-path 6 被扶養者(異動)届"),
        NEW_DEPENDANT & (pl.col("no_number") == "abroad") & ~given("overseas_exception"),
        (Example({**_NEW, "my_number": None, "no_number_reason": "海外在住"}),),
        (
            Example(
                {
                    **_NEW,
                    "my_number": None,
                    "no_number_reason": "海外在住",
                    "overseas_exception": "1",
                }
            ),
            Example(_NEW),
        ),
    ),
)
