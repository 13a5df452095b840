"""資格情報のお知らせ and the cancelled registration (QA)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import finding

_REISSUE = pl.col("form") == "oshirase_saikofu"
_IS_70 = pl.col("is_70")
_ASKED = {"form": "oshirase_saikofu", "acquired_on": None}
_AGED = {"birth_date": "1955-04-01"}

RULES: tuple[Rule, ...] = (
    finding(
        "QA020",
        "notice-with-expiry",
        "notice_expires_on",
        Severity.WARNING,
        (
            "資格情報のお知らせに有効期限が書かれています。お知らせに有効期限はありません。",
            "An expiry of the 資格情報のお知らせ is given; it has none.",
        ),
        (
            "資格確認書の有効期限と取り違えていないか確認してください。",
            "It may be the expiry of the 資格確認書.",
        ),
        ("お知らせに有効期限はありません。", "The notice does not expire."),
        ("QA-13",),
        pl.col("notice_expires_state") != "blank",
        (Example({**_ASKED, "cannot_login": "1", "notice_expires_on": "2030-11-30"}),),
        (Example({**_ASKED, "cannot_login": "1"}),),
    ),
    finding(
        "QA021",
        "notice-reissue-not-needed",
        "cannot_login",
        Severity.WARNING,
        (
            "お知らせの再交付ですが、マイナポータルにログインできないとの記載がありません。",
            "A notice is asked for again, but not said that マイナポータル cannot be used.",
        ),
        (
            "マイナポータルで確認できる人には再交付しません。ログインできるか尋ねてください。",
            "People who can log in get none; ask whether they can.",
        ),
        (
            "再交付は、マイナポータルで確認できない人だけが対象です。",
            "Only who cannot see マイナポータル gets another one.",
        ),
        ("QA-11", "QA-12", "QA-10"),
        _REISSUE
        & ~pl.col("cannot_login_flag").is_in(["yes", "unknown"]).fill_null(value=False)
        & ~(pl.col("share_differs") & _IS_70.fill_null(value=True)),
        (
            Example(_ASKED),
            Example({**_ASKED, "cannot_login": "0"}),
            Example({**_ASKED, "share_changed": "1"}),
        ),
        (
            Example({**_ASKED, "cannot_login": "○"}),
            Example({**_ASKED, **_AGED, "share_changed": "1"}, registry=_AGED),
            Example({**_ASKED, "cannot_login": "暗証番号を忘れた"}),
            Example({**_ASKED, "birth_date": None, "share_changed": "1"}),
            Example({**_ASKED, **_AGED, "reason": "負担割合の変更"}, registry=_AGED),
        ),
    ),
    finding(
        "QA022",
        "share-change-under-70",
        "share_changed",
        Severity.INFO,
        (
            "負担割合の変更とありますが、70歳未満です。",
            "A changed share is given, but the person is under 70.",
        ),
        ("生年月日を確認してください。", "Check the birth date."),
        (
            "負担割合が変わってお知らせが届くのは、70歳以上の人です。",
            "The share changes, and a notice comes, from 70 on.",
        ),
        ("QA-09", "QA-12"),
        pl.col("share_differs") & ~_IS_70,
        (Example({**_ASKED, "cannot_login": "1", "share_changed": "1"}),),
        (Example({**_ASKED, **_AGED, "share_changed": "1"}, registry=_AGED),),
    ),
    finding(
        "QA023",
        "certificate-follows-cancellation",
        "form",
        Severity.INFO,
        (
            "利用登録の解除と一緒に、資格確認書を交付します。",
            "With the cancelled registration a 資格確認書 is issued.",
        ),
        (
            "資格確認書の交付の予定に入れてください。申請は要りません。",
            "Plan its issue; no application is needed.",
        ),
        (
            "解除すると、マイナ保険証は使えなくなります。",
            "The card can no longer be used then.",
        ),
        ("QA-08", "QA-05"),
        pl.col("form") == "riyo_toroku_kaijo",
        (
            Example({"form": "riyo_toroku_kaijo", "acquired_on": None}),
            Example({"form": "riyo_toroku_kaijo", "acquired_on": None, "reason": "本人の希望"}),
        ),
        (Example(_ASKED),),
    ),
)
