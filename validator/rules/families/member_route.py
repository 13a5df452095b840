"""Route of forms and documents (QA): through the employer, or directly for 任継 and 特退."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import finding, given

_WITHOUT_EMPLOYER = pl.col("member_code").is_in(["continued", "special"])
_VIA = pl.col("via_code")
# Answers 8 and 11 name no route for these two.
_NO_ROUTE = ("riyo_toroku_kaijo", "oshirase_saikofu")
_SENT_HOME = (
    "kakuninsho_kofu",
    "kakuninsho_funshitsu",
    "oshirase_saikofu",
    "riyo_toroku_kaijo",
)
_CONTINUED = {"form": "kakuninsho_kofu", "acquired_on": None, "certificate_reason": "F",
              "member_kind": "任継", "office_code": None}  # fmt: skip

RULES: tuple[Rule, ...] = (
    finding(
        "QA039",
        "continued-member-via-employer",
        "submitted_via",
        Severity.WARNING,
        (
            "任意継続・特例退職の人の届書が、事業所を経由しています。",
            "A form of a 任継 or 特退 member came through an employer.",
        ),
        (
            "区分を確認し、書類は本人の住所に送ってください。",
            "Check the kind of member; documents go to the home.",
        ),
        (
            "任継・特退には事業所がなく、届出は直接、交付物は自宅あてです。",
            "They have no employer: forms come directly, documents go home.",
        ),
        ("QA-18", "QA-19", "QA-22", "QA-24", "QA-27", "QA-30"),
        _WITHOUT_EMPLOYER & (_VIA == "employer"),
        (
            Example({**_CONTINUED, "submitted_via": "事業所"}),
            Example({**_CONTINUED, "member_kind": "特例退職", "submitted_via": "employer"}),
        ),
        (
            Example({**_CONTINUED, "submitted_via": "本人"}),
            Example({**_CONTINUED, "member_kind": "一般", "submitted_via": "事業所"}),
            Example(_CONTINUED),
        ),
    ),
    finding(
        "QA040",
        "continued-member-with-office",
        "office_code",
        Severity.INFO,
        (
            "任意継続・特例退職の人の届書に、事業所番号があります。",
            "A form of a 任継 or 特退 member names an employer.",
        ),
        (
            "退職前の事業所かもしれません。書類は本人の住所に送ってください。",
            "Perhaps the former one; documents go to the home.",
        ),
        (
            "任継・特退には事業所がありません。",
            "These members have no employer.",
        ),
        ("QA-18", "QA-19"),
        _WITHOUT_EMPLOYER & given("office_code"),
        (Example({**_CONTINUED, "office_code": "1234"}),),
        (Example(_CONTINUED), Example({**_CONTINUED, "member_kind": None, "office_code": "1234"})),
        inferred=True,
    ),
    finding(
        "QA041",
        "employee-filed-directly",
        "submitted_via",
        Severity.WARNING,
        (
            "一般の被保険者の届書が、事業所を経由していません。",
            "The form of an employee did not come through the employer.",
        ),
        (
            "事業所を通して出してもらってください。",
            "Have it filed through the employer.",
        ),
        (
            "一般の被保険者の届出は、事業所を経由します。",
            "Employees file through their employer.",
        ),
        ("QA-18", "QA-22", "QA-24", "QA-29", "QA-30"),
        # 被保険者区分 is left blank for employees.
        (pl.col("member_code").fill_null("general") == "general")
        & (_VIA == "direct")
        & ~pl.col("form").is_in(_NO_ROUTE),
        (
            Example({**_CONTINUED, "member_kind": "一般", "submitted_via": "直接"}),
            Example({**_CONTINUED, "member_kind": None, "submitted_via": "本人"}),
        ),
        (
            Example({**_CONTINUED, "submitted_via": "直接"}),
            Example({**_CONTINUED, "member_kind": "嘱託", "submitted_via": "直接"}),
            Example(
                {
                    "form": "riyo_toroku_kaijo",
                    "acquired_on": None,
                    "member_kind": "一般",
                    "submitted_via": "本人",
                }
            ),
            Example(
                {
                    **_CONTINUED,
                    "form": "oshirase_saikofu",
                    "member_kind": "一般",
                    "submitted_via": "直接",
                }
            ),
        ),
    ),
    finding(
        "QA042",
        "home-address-needed",
        "address",
        Severity.INFO,
        (
            "任意継続・特例退職の人ですが、送り先になる住所がありません。",
            "A 任継 or 特退 member without an address to send documents to.",
        ),
        (
            "登録してある住所を確認してください。",
            "See the address on file.",
        ),
        (
            "資格確認書などは、事業所ではなく自宅に送ります。",
            "Certificates and notices go to the home.",
        ),
        ("QA-19", "QA-22", "QA-30"),
        _WITHOUT_EMPLOYER & pl.col("form").is_in(_SENT_HOME) & pl.col("address_blank"),
        (
            Example({**_CONTINUED, "address": None}),
            Example({**_CONTINUED, "form": "kakuninsho_funshitsu", "address": None}),
            Example({**_CONTINUED, "form": "oshirase_saikofu", "address": None}),
            Example({**_CONTINUED, "form": "riyo_toroku_kaijo", "address": None}),
        ),
        (Example(_CONTINUED), Example({**_CONTINUED, "member_kind": "一般", "address": None})),
    ),
)
