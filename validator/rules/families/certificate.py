"""資格確認書 (QA): who gets one by application, who ex officio, and its dates."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import APPLICATION, RECEIVED, finding, flag

_LETTERS = pl.col("certificate_letters")
_CONDITIONS = pl.col("certificate_conditions")
_STATE = pl.col("certificate_reason_state")
# The state's data come once at the start of a month; the next one knows this case.
_NEXT_MONTH = RECEIVED.dt.month_start().dt.offset_by("1mo")
_THREE_MONTHS_PAST = pl.col("card_expires").dt.offset_by("3mo")
# Answer 5 counts from the end of the month, answer 16 from the day: two clocks.
_LAST_DAY_OF_USE = pl.col("card_expires").dt.month_start().dt.offset_by("4mo").dt.offset_by("-1d")
_FIVE_YEARS = pl.coalesce("certificate_issued", RECEIVED).dt.offset_by("5y")
_BIRTHDAY = (pl.col("card_expires").dt.month() == pl.col("birth").dt.month()) & (
    pl.col("card_expires").dt.day() == pl.col("birth").dt.day()
)
_BORN_LEAP_DAY = (pl.col("birth").dt.month() == 2) & (pl.col("birth").dt.day() == 29)
_ASKED = {"form": "kakuninsho_kofu", "acquired_on": None}
_TICK = {"certificate_needed": "1"}


def _month(lang: str) -> pl.Expr:
    return _NEXT_MONTH.dt.to_string("%Y年%-m月" if lang == "ja" else "%Y-%m")


RULES: tuple[Rule, ...] = (
    finding(
        "QA011",
        "application-unnecessary",
        "certificate_reason",
        Severity.INFO,
        (
            "この理由(A〜E、⑨〜⑪)の資格確認書は、申請がなくても交付されます({month}の予定)。",
            "For these reasons (A–E, ⑨–⑪) a 資格確認書 is issued without an application (expected {month}).",
        ),
        (
            "急がないときは、申請は不要と伝えてください。",
            "Unless it is urgent, the application is not needed.",
        ),
        (
            "国からの月1回のデータにより、職権で交付されます。",
            "They are issued ex officio from the state's monthly data.",
        ),
        ("QA-18", "QA-19", "QA-20"),
        APPLICATION & (pl.col("certificate_route") == "ex_officio") & (_STATE == "read"),
        (
            Example({**_ASKED, "certificate_reason": "A"}),
            Example({**_ASKED, "certificate_reason": "Ｄ・Ｅ"}),
            Example({**_ASKED, "certificate_reason": "⑨"}),
            Example({**_ASKED, "certificate_reason": "利用登録解除"}),
        ),
        (
            Example({**_ASKED, "certificate_reason": "F"}),
            Example({**_ASKED, "certificate_reason": "B,G"}),
            Example({**_ASKED, "certificate_reason": "⑧"}),
            Example({**_ASKED, "certificate_reason": "⑨⑫"}),
            Example({**_TICK, "certificate_reason": "A"}),
        ),
        params={"month": _month},
    ),
    finding(
        "QA012",
        "expiry-not-three-months-past",
        "card_expires_on",
        Severity.WARNING,
        (
            "理由D(期限から3か月以上)ですが、電子証明書の有効期限から3か月たっていません。",
            "Reason D (3 months or more past the expiry), but 3 months have not passed yet.",
        ),
        (
            "有効期限を確認してください。3か月たつまでは、カードを更新すればマイナ保険証を使えます。",
            "Check the expiry; until then the card can be used and its certificate renewed.",
        ),
        (
            "資格確認書の対象は、有効期限の日から3か月以上過ぎた人です。",
            "Entitled is who is 3 months or more past the expiry day.",
        ),
        ("QA-16", "QA-05"),
        _LETTERS.str.contains("D", literal=True) & (RECEIVED < _THREE_MONTHS_PAST),
        (
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-08-21"}),
            Example({**_TICK, "certificate_reason": "D", "card_expires_on": "2027-04-01"}),
        ),
        (
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-08-20"}),
            Example({**_ASKED, "certificate_reason": "F", "card_expires_on": "2026-08-21"}),
            Example({**_ASKED, "certificate_reason": "D"}),
        ),
    ),
    finding(
        "QA013",
        "card-no-longer-usable",
        "card_expires_on",
        Severity.INFO,
        (
            "電子証明書の期限の月末から3か月を過ぎ、マイナ保険証は使えなくなっています。",
            "More than 3 months past the end of the month of expiry: the card can no longer be used.",
        ),
        (
            "理由Dの資格確認書の対象です。提案欄は、使えた最後の日です。",
            "Reason D for a 資格確認書 applies; the suggestion is the last day of use.",
        ),
        (
            "更新がないと、期限の月の末日から3か月で利用が終わります。",
            "Without a renewal its use ends 3 months after the end of that month.",
        ),
        ("QA-05", "QA-16"),
        (RECEIVED > _LAST_DAY_OF_USE) & ~_LETTERS.fill_null("").str.contains("D", literal=True),
        (Example({**_ASKED, "certificate_reason": "G", "card_expires_on": "2026-07-31"}),),
        (
            Example({**_ASKED, "certificate_reason": "G", "card_expires_on": "2026-08-01"}),
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-04-01"}),
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "G",
                    "card_expires_on": "2026-07-31",
                    "received_on": "2026-10-31",
                }
            ),
        ),
        suggestion=_LAST_DAY_OF_USE.cast(pl.String),
        cannot_see=(
            "その後の更新は分かりません。",
            "A renewal since then cannot be seen.",
        ),
    ),
    finding(
        "QA014",
        "condition-without-card",
        "invalid_condition",
        Severity.INFO,
        (
            "理由A(カードなし)と、カードがあることを前提とする失効事由が一緒に書かれています。",
            "Reason A (no card) stands beside a condition that presupposes a card.",
        ),
        (
            "どちらに当たるか確認してください。",
            "Find out which of them applies.",
        ),
        (
            "カードのない人の電子証明書は、失効しません。",
            "Without a card there is no certificate that could become invalid.",
        ),
        ("QA-06", "QA-16"),
        _LETTERS.str.contains("A", literal=True) & _CONDITIONS.str.contains(r"\|([1-9]|10|12)\|"),
        (Example({**_ASKED, "certificate_reason": "A", "invalid_condition": "④"}),),
        (
            Example({**_ASKED, "certificate_reason": "A", "invalid_condition": "⑪"}),
            Example({**_ASKED, "certificate_reason": "F", "invalid_condition": "①"}),
        ),
        inferred=True,
    ),
    finding(
        "QA015",
        "condition-on-the-tick",
        "certificate_reason",
        Severity.INFO,
        (
            "発行要否の理由に、交付申請書の失効事由(①〜⑫)が書かれています。",
            "The tick gives a condition ①–⑫, which belongs to the application.",
        ),
        (
            "A〜G のいずれに当たるか確認してください。",
            "Find out which of A–G applies.",
        ),
        (
            "取得届・異動届では A〜F の人だけが「要」とします。",
            "On these forms only A–F are ticked.",
        ),
        ("QA-17", "QA-19"),
        pl.col("is_addition")
        & flag("certificate_needed")
        & _LETTERS.is_null()
        & _CONDITIONS.is_not_null(),
        (Example({**_TICK, "certificate_reason": "④"}),),
        (
            Example({**_TICK, "certificate_reason": "F"}),
            Example({**_ASKED, "certificate_reason": "④"}),
            Example({"certificate_reason": "④"}),
        ),
    ),
    finding(
        "QA016",
        "certificate-valid-over-five-years",
        "certificate_expires_on",
        Severity.WARNING,
        (
            "資格確認書の有効期限が、交付日(なければ受付日)から5年を超えています。",
            "The 資格確認書 is valid for more than 5 years from its issue (or, without it, from reception).",
        ),
        (
            "券面の有効期限を確認してください。",
            "Check the date printed on it.",
        ),
        ("有効期限は、最長で5年です。", "It is valid for 5 years at most."),
        ("QA-23",),
        pl.col("certificate_expires") > _FIVE_YEARS,
        (
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "F",
                    "certificate_issued_on": "2025-12-02",
                    "certificate_expires_on": "2030-12-03",
                }
            ),
            Example({**_ASKED, "certificate_reason": "F", "certificate_expires_on": "2031-11-21"}),
        ),
        (
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "F",
                    "certificate_issued_on": "2025-12-02",
                    "certificate_expires_on": "2030-12-02",
                }
            ),
        ),
    ),
    finding(
        "QA017",
        "certificate-dates-contradict",
        "certificate_issued_on",
        Severity.WARNING,
        (
            "資格確認書の交付日が、有効期限または受付日より後です。",
            "The 資格確認書 was issued after its expiry or after the reception.",
        ),
        (
            "券面の日付を確認してください。",
            "Check the dates printed on it.",
        ),
        (
            "交付は、届出より前で、有効期限より前です。",
            "It is issued before both.",
        ),
        ("QA-23",),
        (pl.col("certificate_issued") > pl.col("certificate_expires")).fill_null(value=False)
        | (pl.col("certificate_issued") > RECEIVED).fill_null(value=False),
        (
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "F",
                    "certificate_issued_on": "2026-04-02",
                    "certificate_expires_on": "2026-04-01",
                }
            ),
            Example({**_ASKED, "certificate_reason": "F", "certificate_issued_on": "2026-11-21"}),
        ),
        (
            Example({**_ASKED, "certificate_reason": "F", "certificate_issued_on": "2026-11-20"}),
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "F",
                    "certificate_issued_on": "2026-04-01",
                    "certificate_expires_on": "2026-04-01",
                }
            ),
        ),
    ),
    finding(
        "QA018",
        "certificate-reason-not-understood",
        "certificate_reason",
        Severity.WARNING,
        (
            "資格確認書の発行理由を、A〜G として読み取れません。",
            "The reason for the 資格確認書 cannot be read as one of A–G.",
        ),
        (
            "A〜F のいずれに当たるか確認してください。",
            "Find out which of A–F applies.",
        ),
        (
            "発行できるのは、マイナ保険証を使えない人です。",
            "It is for people who cannot use their card.",
        ),
        ("QA-15", "QA-16", "QA-17"),
        pl.col("is_addition") & (_STATE == "unknown"),
        (Example({**_TICK, "certificate_reason": "本人の希望"}),),
        (
            Example({**_TICK, "certificate_reason": "未登録"}),
            Example({**_TICK, "certificate_reason": "ａ"}),
        ),
        cannot_see=(
            "知っている言葉だけを読み取ります。",
            "Only words that are known are understood.",
        ),
    ),
    finding(
        "QA019",
        "card-expiry-not-birthday",
        "card_expires_on",
        Severity.INFO,
        (
            "電子証明書の有効期限が、誕生日ではありません。",
            "The expiry of the card's certificate is no birthday.",
        ),
        (
            "券面の有効期限か生年月日を確認してください。",
            "Check the expiry and the birth date.",
        ),
        (
            "電子証明書の有効期限は、発行から5回目の誕生日です。",
            "It expires on the 5th birthday from issue.",
        ),
        ("QA-16",),
        ~_BIRTHDAY & ~_BORN_LEAP_DAY,
        (
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-03-31"}),
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-04-02"}),
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "D",
                    "card_expires_on": "2026-03-01",
                    "birth_date": "1985-02-10",
                }
            ),
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "D",
                    "card_expires_on": "2026-03-01",
                    "birth_date": "1985-04-29",
                }
            ),
        ),
        (
            Example({**_ASKED, "certificate_reason": "D", "card_expires_on": "2026-04-01"}),
            Example(
                {
                    **_ASKED,
                    "certificate_reason": "D",
                    "card_expires_on": "2026-02-28",
                    "birth_date": "1984-02-29",
                }
            ),
        ),
        cannot_see=(
            "在留期間の満了日が期限になる人と、2月29日生まれの人は見分けられません。",
            "People whose residence period ends earlier, or born on 29 February, cannot be told.",
        ),
        inferred=True,
    ),
)
