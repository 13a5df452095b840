"""Dates and filing, continued (FM): dates on certificates, missing dates, other terms, pay."""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity
from validator.rules.notes import (
    DEPENDANT_FORM,
    LOSS_FORM,
    finding,
)

_CERTIFICATE_DATES = ("card_expires", "certificate_issued", "certificate_expires")
_NO_DATES = ("impossible", "outside_era", "two_digit_year", "excel_serial")
_CHANGES = pl.col("form").is_in(["shimei_henko", "kisai_jiko_henko"])
_DAYS_CHANGED = (pl.col("received") - pl.col("changed")).dt.total_days()
_DAYS_ACQUIRED = (pl.col("received") - pl.col("acquired")).dt.total_days()
_AMOUNT_CAP = 9_999_999
_PAY = pl.col("cash") + pl.col("in_kind")
_PROMPT_DAYS = 5
_CONTINUATION_DAYS = 20
_LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"}
_RENAMED = {"form": "shimei_henko", "acquired_on": None, "changed_on": "2026-11-18"}
_LOST_CARD = {"form": "kakuninsho_kofu", "acquired_on": None, "certificate_reason": "F"}
_CHECK = (
    "届書の原本で日付を確認してください。",
    "Check the date on the form.",
)


def _any_state(*states: str) -> pl.Expr:
    conditions = (pl.col(f"{name}_state").is_in(list(states)) for name in _CERTIFICATE_DATES)
    return reduce(lambda a, b: a | b.fill_null(value=False), conditions, pl.lit(value=False))


RULES: tuple[Rule, ...] = (
    finding(
        "FM010",
        "certificate-date-impossible",
        "certificate_expires_on",
        Severity.ERROR,
        (
            "資格確認書または電子証明書の日付は、暦にない日か、年が一つに決まらない日付です。",
            "A date of a 資格確認書 or of the card's certificate is no day of the calendar, or its year is uncertain.",
        ),
        _CHECK,
        (
            "書かれた日付は、どの届書でも実存日でなければなりません。",
            "What is given must be a real day on any form.",
        ),
        ("2200700 項番9・10「実存日であること」に準ずる", "QA-16", "QA-23"),
        _any_state(*_NO_DATES),
        (
            Example({**_LOST_CARD, "card_expires_on": "2026-02-30"}),
            Example({**_LOSS, "certificate_expires_on": "平成40年11月30日"}),
            Example({**_LOST_CARD, "certificate_issued_on": "2026-02-30"}),
            Example({**_LOST_CARD, "card_expires_on": "26/02/28"}),
            Example({**_LOST_CARD, "card_expires_on": "46000"}),
        ),
        (Example({**_LOST_CARD, "card_expires_on": "令和8年2月28日"}),),
        effect=Effect.RETURN,
    ),
    finding(
        "FM011",
        "certificate-date-unreadable",
        "certificate_expires_on",
        Severity.WARNING,
        (
            "資格確認書または電子証明書の日付を、日付として読めません。",
            "A date of a 資格確認書 or of the card's certificate cannot be read.",
        ),
        _CHECK,
        (
            "有効期限が分からないと、返納の要否を判断できません。",
            "Without the expiry it is unknown whether the certificate must be returned.",
        ),
        ("QA-23", "QA-24"),
        _any_state("unreadable"),
        (Example({**_LOSS, "certificate_expires_on": "無期限"}),),
        (Example({**_LOSS, "certificate_expires_on": "2030-11-30"}),),
    ),
    finding(
        "FM012",
        "event-date-missing",
        "event_on",
        Severity.INFO,
        (
            "異動または変更の年月日がありません。",
            "The date of the event or change is missing.",
        ),
        (
            "必要なら事業所に確認してください。",
            "Ask the employer if it is needed.",
        ),
        (
            "届出の期限と年齢は、事実の日で判断します。",
            "Term and age are judged by the day of the event.",
        ),
        ("健康保険法施行規則 第38条", "hold-path 6 被扶養者(異動)届・氏名変更届"),
        (
            DEPENDANT_FORM
            & (pl.col("event_state") == "blank")
            & (pl.col("acquired_state") == "blank")
        )
        | (_CHANGES & (pl.col("changed_state") == "blank")),
        (
            Example({"form": "hifuyosha_ido", "change_type": "1", "acquired_on": None}),
            Example({**_RENAMED, "changed_on": None}),
            Example({**_RENAMED, "form": "kisai_jiko_henko", "changed_on": None}),
        ),
        (
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "acquired_on": None,
                    "event_on": "2026-11-18",
                }
            ),
            Example(_RENAMED),
        ),
    ),
    finding(
        "FM021",
        "change-not-filed-promptly",
        "changed_on",
        Severity.INFO,
        (
            "変更の日から{days}日後の受付です(「速やかに」、目安は5日)。",
            'Received {days} days after the change ("promptly"; usually 5 days).',
        ),
        (
            "登録を急いでください。古い氏名では照合が一致しません。",
            "Register quickly; under the old name the comparison fails.",
        ),
        (
            "氏名の変更は、速やかに届け出ることとされています。",
            "A change of name is to be reported promptly.",
        ),
        ("健康保険法施行規則 第36条", "QA-29"),
        _CHANGES & (_DAYS_CHANGED > _PROMPT_DAYS),
        (Example({**_RENAMED, "changed_on": "2026-11-14"}),),
        (Example({**_RENAMED, "changed_on": "2026-11-15"}),),
        params={"days": _DAYS_CHANGED},
        inferred=True,
    ),
    finding(
        "FM022",
        "continuation-filed-late",
        "received_on",
        Severity.WARNING,
        (
            "任意継続の申出が、資格喪失の日から{days}日後の受付です(期限は20日)。",
            "Voluntary continuation received {days} days after the loss of membership; the limit is 20 days.",
        ),
        (
            "遅れに正当な理由があるか確認してください。",
            "Find out whether there is a good reason for the delay.",
        ),
        (
            "任意継続は、資格を喪失した日から20日以内に申し出ます。",
            "Continuation must be requested within 20 days of the loss.",
        ),
        ("健康保険法 第37条", "QA-18"),
        (pl.col("form") == "shikaku_shutoku")
        & (pl.col("member_code") == "continued")
        & (_DAYS_ACQUIRED > _CONTINUATION_DAYS),
        (Example({"member_kind": "任継", "acquired_on": "2026-10-30", "office_code": None}),),
        (
            Example({"member_kind": "任継", "acquired_on": "2026-10-31"}),
            Example({"member_kind": "特退", "acquired_on": "2026-09-01"}),
        ),
        params={"days": _DAYS_ACQUIRED},
        cannot_see=(
            "暦日で数え、休日による延長と正当な理由は見ません。",
            "Calendar days; holidays and good reasons are not seen.",
        ),
    ),
    finding(
        "FM029",
        "pay-total-wrong",
        "pay_total",
        Severity.WARNING,
        (
            "報酬月額の合計が、通貨と現物の和ではありません。",
            "The total pay is not cash plus kind.",
        ),
        (
            "どの額が誤りか、事業所に確認してください。",
            "Ask the employer which amount is wrong.",
        ),
        (
            "合計は、通貨による額と現物による額を加えた額です。",
            "The total is the sum of both.",
        ),
        ("2200700 相関 項番21〜23", "hold-path 6 資格取得届"),
        ~pl.col("is_media")
        & _PAY.is_not_null()
        & pl.when(_PAY < _AMOUNT_CAP)
        .then(pl.col("pay") != _PAY)
        .otherwise(pl.col("pay") != _AMOUNT_CAP),
        (Example({"pay_cash": "300,000", "pay_in_kind": "10,000", "pay_total": "300,000"}),),
        (
            Example({"pay_cash": "30万円", "pay_in_kind": "0", "pay_total": "３００，０００"}),
            Example({"pay_cash": "9,000,000", "pay_in_kind": "999,999", "pay_total": "9999999"}),
            Example({"pay_total": "300000"}),
            Example({"pay_cash": "9999999", "pay_in_kind": "50000", "pay_total": "9999999"}),
        ),
    ),
    finding(
        "FM030",
        "event-before-birth",
        "event_on",
        Severity.WARNING,
        (
            "届書の日付(資格取得日・異動日・喪失日)が、生年月日より前です。",
            "A date of the form (acquisition, event, loss) is before the birth date.",
        ),
        (
            "生年月日と日付のどちらが誤りか確認してください。",
            "Find out which of the two dates is wrong.",
        ),
        (
            "生まれる前に資格は得られません。",
            "Nobody is a member before birth.",
        ),
        ("2201700 相関「資格喪失年月日>生年月日」",),
        ((pl.col("form") == "shikaku_shutoku") & (pl.col("acquired") < pl.col("birth")))
        | (DEPENDANT_FORM & (pl.col("event") < pl.col("birth")))
        | (LOSS_FORM & (pl.col("lost") <= pl.col("birth"))),
        (
            Example({"birth_date": "2026-11-19"}, registry={"birth_date": "2026-11-19"}),
            Example({**_LOSS, "birth_date": "2026-11-19"}),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "acquired_on": None,
                    "event_on": "2026-11-18",
                    "birth_date": "2026-11-19",
                },
                registry={"birth_date": "2026-11-19"},
            ),
        ),
        (
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "acquired_on": None,
                    "event_on": "2026-11-18",
                    "birth_date": "2026-11-18",
                },
                registry={"birth_date": "2026-11-18"},
            ),
            Example({"birth_date": "2026-11-18"}, registry={"birth_date": "2026-11-18"}),
        ),
    ),
    finding(
        "FM031",
        "loss-before-acquisition",
        "lost_on",
        Severity.WARNING,
        (
            "資格喪失年月日が、資格取得年月日より前です。",
            "The date of loss is before the acquisition.",
        ),
        (
            "どちらの日付が誤りか確認してください。",
            "Find out which date is wrong.",
        ),
        (
            "資格は取得した後に失います。",
            "Membership is lost after it is acquired.",
        ),
        ("健康保険法 第35条・第36条",),
        LOSS_FORM & (pl.col("lost") < pl.col("acquired")),
        (Example({**_LOSS, "acquired_on": "2026-11-20"}),),
        (Example(_LOSS), Example({**_LOSS, "acquired_on": "2026-11-19"})),
    ),
)
