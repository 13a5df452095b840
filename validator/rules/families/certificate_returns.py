"""What comes back at loss or removal (QA): 資格確認書, 高齢受給者証, and what must not be counted."""

from __future__ import annotations

from datetime import date

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import (
    LOSS_FORM,
    REMOVAL_OF_DEPENDANT,
    finding,
    given,
    mentions,
)

_LEAVING = LOSS_FORM | REMOVAL_OF_DEPENDANT
_LEFT_ON = pl.when(LOSS_FORM).then("lost").otherwise("event")
_RETURNED, _MISSING = pl.col("returned_count"), pl.col("not_returned_count")
_ACCOUNTED = _RETURNED.fill_null(0) + _MISSING.fill_null(0)
_STATED = given("not_returned_reason") | given("circumstances") | given("remarks")
_STILL_VALID = (pl.col("certificate_expires") >= _LEFT_ON).fill_null(value=True)
_HELD = (pl.col("held_count") > 0).fill_null(value=False) | pl.col(
    "certificate_expires"
).is_not_null()
# 70 is reached on the day before the birthday; until 2025-12-01 a 高齢受給者証 was handed out.
_HAD_ELDERLY_CERTIFICATE = pl.col("birth") <= date(1955, 12, 2)
_ELDERLY_SETTLED = (
    given("elderly_certificate")
    & (pl.col("elderly_certificate_flag") != "no").fill_null(value=True)
) | _STATED
_LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"}
_REMOVAL = {
    "form": "hifuyosha_ido",
    "change_type": "2",
    "acquired_on": None,
    "event_on": "2026-11-18",
}
_AGED = {"birth_date": "1955-12-02"}
_ELDERLY_TEXT = (
    (
        "70歳になっていた人ですが、高齢受給者証の返納も、添付できない理由も書かれていません。",
        "The person was 70, but neither a returned 高齢受給者証 nor a reason is given.",
    ),
    (
        "高齢受給者証を返してもらうか、添付できない理由を書いてもらってください。",
        "Have it returned, or the reason written on the form.",
    ),
    (
        "2025年12月1日までに70歳になった人には、交付されていました。",
        "People who were 70 by 2025-12-01 had got one.",
    ),
    ("QA-32",),
)

RULES: tuple[Rule, ...] = (
    finding(
        "QA024",
        "not-returned-without-statement",
        "not_returned_reason",
        Severity.WARNING,
        (
            "返納できない資格確認書がありますが、その事情が書かれていません。",
            "A 資格確認書 is not returned, and the circumstances are not stated.",
        ),
        (
            "紛失・自己廃棄・返納済・期限切れのどれか、届書に書いてもらってください。",
            "Have it stated: lost, discarded, returned earlier or expired.",
        ),
        (
            "返納できないときは、その事情を届書に書きます。",
            "What cannot be returned is explained on the form.",
        ),
        ("QA-24", "QA-25", "QA-26", "QA-27"),
        _LEAVING & (_MISSING > 0) & ~_STATED & ~pl.col("is_media"),
        (
            Example({**_LOSS, "certificates_not_returned": "1"}),
            Example({**_REMOVAL, "certificates_not_returned": "１枚"}),
        ),
        (
            Example(
                {
                    **_LOSS,
                    "certificates_not_returned": "1",
                    "not_returned_reason": "self_discarded",
                }
            ),
            Example({**_LOSS, "certificates_not_returned": "0"}),
        ),
        cannot_see=(
            "電子媒体の届書の事情は、備考の文章だけに現れます。",
            "On electronic media the circumstances stand in the remarks only.",
        ),
    ),
    finding(
        "QA025",
        "lost-without-circumstances",
        "circumstances",
        Severity.INFO,
        (
            "資格確認書を紛失したとありますが、その状況が書かれていません。",
            "A 資格確認書 was lost, but how is not stated.",
        ),
        ("紛失の状況を書いてもらってください。", "Have it written on the form."),
        (
            "紛失したときは、状況を喪失届・異動届に書きます。",
            "The circumstances are written on the form.",
        ),
        ("QA-26",),
        _LEAVING
        & (pl.col("not_returned_code") == "lost")
        & ~given("circumstances")
        & ~given("remarks"),
        (Example({**_LOSS, "not_returned_reason": "lost"}),),
        (
            Example({**_LOSS, "not_returned_reason": "紛失", "circumstances": "引越しの際に紛失"}),
            Example({**_LOSS, "not_returned_reason": "自己廃棄"}),
            Example({**_LOSS, "not_returned_reason": "返納済"}),
        ),
    ),
    finding(
        "QA026",
        "not-returned-reason-not-understood",
        "not_returned_reason",
        Severity.INFO,
        (
            "返納できない理由を、紛失・自己廃棄・返納済・期限切れのどれとも読み取れません。",
            "The reason is not understood as lost, discarded, returned earlier or expired.",
        ),
        ("どれに当たるか確認してください。", "Find out which of them it is."),
        (
            "理由により、返納を求めるかどうかが変わります。",
            "The reason decides whether a return is asked for.",
        ),
        ("QA-25", "QA-26", "QA-27"),
        _LEAVING & (pl.col("not_returned_code") == "unknown"),
        (Example({**_LOSS, "not_returned_reason": "本人と連絡が取れない"}),),
        (Example({**_LOSS, "not_returned_reason": "expired"}),),
        cannot_see=("知っている言葉だけを読み取ります。", "Only known words are understood."),
    ),
    finding(
        "QA027",
        "certificates-do-not-add-up",
        "certificates_returned",
        Severity.WARNING,
        (
            "返納と返納不能の枚数の合計が、交付されている枚数と合いません。",
            "Returned and not returned certificates do not add up to those held.",
        ),
        (
            "被扶養者の分を含めて、枚数を確認してください。",
            "Count again, those of the dependants included.",
        ),
        (
            "有効な資格確認書は、すべて返納するか、事情を書きます。",
            "Every valid one is returned or explained.",
        ),
        ("QA-24", "QA-25"),
        _LEAVING
        & (_RETURNED.is_not_null() | _MISSING.is_not_null())
        & (
            (pl.col("held_count") < _ACCOUNTED)
            | ((pl.col("held_count") > _ACCOUNTED) & ~_STATED & _STILL_VALID)
        ),
        (
            Example({**_LOSS, "certificates_held": "2", "certificates_returned": "1"}),
            Example({**_LOSS, "certificates_held": "1", "certificates_returned": "2"}),
            Example({**_LOSS, "certificates_held": "2", "certificates_not_returned": "1"}),
        ),
        (
            Example({**_LOSS, "certificates_held": "2", "certificates_returned": "2"}),
            Example({**_LOSS, "certificates_returned": "2"}),
            Example(
                {
                    **_LOSS,
                    "certificates_held": "2",
                    "certificates_returned": "1",
                    "not_returned_reason": "returned_earlier",
                }
            ),
            Example({**_LOSS, "certificates_held": "1", "certificates_not_returned": "1"}),
            Example({**_LOSS, "certificates_held": "2"}),
        ),
    ),
    finding(
        "QA028",
        "valid-certificate-not-accounted-for",
        "certificates_returned",
        Severity.WARNING,
        (
            "有効な資格確認書がありますが、返納とも返納できないとも書かれていません。",
            "A valid 資格確認書 is held, but nothing is said about its return.",
        ),
        (
            "返してもらうか、返せない事情を書いてもらってください。",
            "Have it returned, or the circumstances stated.",
        ),
        (
            "有効期限内の資格確認書は、届書に添えて返納します。",
            "Within its validity it is returned with the form.",
        ),
        ("QA-24", "QA-25"),
        _LEAVING
        & _HELD
        & _STILL_VALID
        & _RETURNED.is_null()
        & _MISSING.is_null()
        & ~given("certificate_attached")
        & ~_STATED,
        (
            Example({**_LOSS, "certificate_expires_on": "2026-11-19"}),
            Example({**_REMOVAL, "certificates_held": "1"}),
        ),
        (
            Example({**_LOSS, "certificate_expires_on": "2026-11-18"}),
            Example({**_LOSS, "certificates_held": "0"}),
            Example(_LOSS),
            Example({**_LOSS, "certificates_held": "1", "certificates_returned": "1"}),
        ),
        cannot_see=(
            "交付の記録のない資格確認書は分かりません。",
            "Nothing is known of certificates that the data do not name.",
        ),
    ),
    finding(
        "QA029",
        "certificate-not-expired",
        "not_returned_reason",
        Severity.WARNING,
        (
            "期限切れのため返納しないとありますが、資格確認書はまだ有効です。",
            "Not returned as expired, but the 資格確認書 is still valid.",
        ),
        (
            "有効期限を確認し、有効なら返してもらってください。",
            "Check its expiry; a valid one is to be returned.",
        ),
        (
            "返納が不要なのは、期限の切れたものだけです。",
            "Only an expired one need not be returned.",
        ),
        ("QA-24", "QA-25"),
        _LEAVING
        & (pl.col("not_returned_code") == "expired")
        & (pl.col("certificate_expires") >= _LEFT_ON),
        (
            Example(
                {
                    **_LOSS,
                    "not_returned_reason": "expired",
                    "certificate_expires_on": "2026-11-19",
                }
            ),
        ),
        (
            Example(
                {
                    **_LOSS,
                    "not_returned_reason": "expired",
                    "certificate_expires_on": "2026-11-18",
                }
            ),
            Example({**_LOSS, "not_returned_reason": "expired"}),
            Example({**_LOSS, "certificate_expires_on": "2026-11-19"}),
        ),
    ),
    finding(
        "QA030",
        "notice-need-not-be-returned",
        "remarks",
        Severity.INFO,
        (
            "資格情報のお知らせの返納について書かれています。お知らせの返納は不要です。",
            "The return of a 資格情報のお知らせ is mentioned; it need not be returned.",
        ),
        (
            "お知らせを、返納した資格確認書の枚数に数えないでください。",
            "Do not count it among the returned certificates.",
        ),
        ("お知らせは回収しません。", "The notice is not collected."),
        ("QA-14",),
        mentions("notice_returned"),
        (Example({**_LOSS, "remarks": "資格情報のお知らせを返納"}),),
        (Example({**_LOSS, "remarks": "資格確認書を返納"}),),
    ),
    finding(
        "QA031",
        "old-insurance-card-mentioned",
        "remarks",
        Severity.INFO,
        (
            "従来の健康保険証について書かれています。2025年12月2日以降、返納は不要です。",
            "The old 健康保険証 is mentioned; since 2025-12-02 it need not be returned.",
        ),
        (
            "健康保険証の返納を求めず、資格確認書の枚数にも数えないでください。",
            "Do not ask for it, and do not count it.",
        ),
        ("健康保険証の返納は不要になりました。", "It is no longer collected."),
        ("QA-31",),
        mentions("old_card"),
        (
            Example({**_LOSS, "remarks": "保険証1枚返納"}),
            Example({**_LOSS, "not_returned_reason": "旧保険証を紛失"}),
        ),
        (
            Example({**_LOSS, "remarks": "マイナ保険証の利用登録あり"}),
            Example({**_LOSS, "remarks": "健康保険証利用の登録済み"}),
        ),
    ),
    finding(
        "QA032",
        "elderly-certificate-not-returned",
        "elderly_certificate",
        Severity.WARNING,
        *_ELDERLY_TEXT,
        LOSS_FORM & _HAD_ELDERLY_CERTIFICATE & ~_ELDERLY_SETTLED & ~pl.col("is_media"),
        (
            Example({**_LOSS, **_AGED}),
            Example({**_LOSS, **_AGED, "elderly_certificate": "0"}),
            Example({**_LOSS, **_AGED}, registry=_AGED),
        ),
        (
            Example({**_LOSS, "birth_date": "1955-12-03"}),
            Example({**_LOSS, **_AGED, "elderly_certificate": "1"}),
            Example({**_LOSS, **_AGED, "elderly_certificate": "紛失のため添付できず"}),
            Example({**_LOSS, **_AGED, "not_returned_reason": "lost"}),
        ),
        cannot_see=(
            "電子媒体の届書には、高齢受給者証の項目がありません。",
            "Electronic media have no item for it.",
        ),
    ),
    finding(
        "QA033",
        "elderly-certificate-of-dependant",
        "elderly_certificate",
        Severity.INFO,
        *_ELDERLY_TEXT,
        REMOVAL_OF_DEPENDANT & _HAD_ELDERLY_CERTIFICATE & ~_ELDERLY_SETTLED,
        (
            Example({**_REMOVAL, **_AGED, "relationship": "父"}),
            Example({**_REMOVAL, **_AGED}, registry=_AGED),
        ),
        (
            Example({**_REMOVAL, "birth_date": "1955-12-03"}),
            Example({**_REMOVAL, **_AGED, "elderly_certificate": "返納"}),
        ),
        inferred=True,
    ),
)
