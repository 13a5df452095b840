"""被保険者氏名変更届, 記載事項変更届(被扶養者), and changes on other forms (QA)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity
from validator.rules.notes import NAMES_A_NAME, RECEIVED, finding, flag, given, mentions

_INSURED_FORM = pl.col("form") == "shimei_henko"
_DEPENDANT_CHANGE = pl.col("form") == "kisai_jiko_henko"
_MEMBERSHIP = pl.col("form").is_in(["shikaku_shutoku", "hifuyosha_ido"])
_ITEM = pl.col("item_changed")
_NAMES_A_NAME = _ITEM.str.contains(NAMES_A_NAME)
_NAMES_ANOTHER = _ITEM.str.contains(
    "(?i)記号|番号|symbol|number|性別|sex|gender|マイナンバー|続柄|relation"
)
_OLD_NAME = given("old_name_kanji") | given("old_name_kana")
_NEW_NAME = ~pl.col("kanji_blank") | (pl.col("kana_state") != "blank")
_CERTIFICATE_OUT = (
    (pl.col("certificate_expires") >= RECEIVED).fill_null(value=False)
    | (pl.col("held_count") > 0).fill_null(value=False)
    | (pl.col("certificate_issued").is_not_null() & pl.col("certificate_expires").is_null())
)
_OLD = {"old_name_kanji": "手本　太郎", "old_name_kana": "テホン　タロウ"}
_RENAMED = {
    "form": "shimei_henko",
    "acquired_on": None,
    "changed_on": "2026-11-18",
    **_OLD,
}
_DEPENDANT_RENAMED = {**_RENAMED, "form": "kisai_jiko_henko", "changed_item": "氏名"}
_SAME = {"old_name_kanji": "見本 太郎", "old_name_kana": "ﾐﾎﾝ ﾀﾛｳ"}

RULES: tuple[Rule, ...] = (
    finding(
        "QA043",
        "old-certificate-not-attached",
        "certificate_attached",
        Severity.WARNING,
        (
            "資格確認書が交付されている人の変更ですが、資格確認書が添付されていません。",
            "The person holds a 資格確認書, but it is not attached to the change.",
        ),
        (
            "交付済みの資格確認書を添えてもらってください。",
            "Have the certificate in hand attached.",
        ),
        (
            "記載が変わる資格確認書は、新しいものと引き換えます。",
            "A certificate whose content changes is exchanged.",
        ),
        ("QA-29", "健康保険法施行規則 第36条"),
        (_INSURED_FORM | _DEPENDANT_CHANGE) & _CERTIFICATE_OUT & ~flag("certificate_attached"),
        (
            Example({**_RENAMED, "certificate_expires_on": "2030-11-30"}),
            Example({**_RENAMED, "certificates_held": "1", "certificate_attached": "0"}),
            Example({**_RENAMED, "certificate_expires_on": "2026-11-20"}),
            Example({**_RENAMED, "certificate_issued_on": "2025-12-02"}),
        ),
        (
            Example(_RENAMED),
            Example({**_RENAMED, "certificates_held": "1", "certificate_attached": "1"}),
            Example({**_RENAMED, "certificate_expires_on": "2026-11-19"}),
            Example({**_RENAMED, "certificates_held": "0"}),
        ),
        cannot_see=(
            "交付の記録のない資格確認書は分かりません。",
            "Certificates that the data do not name are unknown.",
        ),
    ),
    finding(
        "QA044",
        "name-change-on-membership-form",
        "form",
        Severity.ERROR,
        (
            "氏名の変更は、資格取得届・被扶養者(異動)届ではできません。",
            "A name cannot be changed by 資格取得届 or 被扶養者(異動)届.",
        ),
        (
            "被保険者は「被保険者氏名変更届」、被扶養者は「記載事項変更届(被扶養者)」で届け出てもらってください。",
            "Have it filed on 被保険者氏名変更届, or 記載事項変更届(被扶養者) for a dependant.",
        ),
        (
            "変更の内容によって、使う届書が決まっています。",
            "Each kind of change has its own form.",
        ),
        ("QA-29",),
        _MEMBERSHIP & ~pl.col("is_media") & _NAMES_A_NAME,
        (
            Example({"changed_item": "氏名"}),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "3",
                    "acquired_on": None,
                    "event_on": "2026-11-18",
                    "changed_item": "氏名",
                }
            ),
        ),
        (Example({"changed_item": "性別"}), Example(_RENAMED)),
        effect=Effect.RETURN,
    ),
    finding(
        "QA045",
        "name-change-in-remarks",
        "remarks",
        Severity.INFO,
        (
            "備考などに氏名の変更が書かれています。氏名変更には別の届書があります。",
            "A change of name is mentioned; it has a form of its own.",
        ),
        (
            "被保険者氏名変更届または記載事項変更届(被扶養者)が要るか確認してください。",
            "See whether 被保険者氏名変更届 or 記載事項変更届(被扶養者) is needed.",
        ),
        (
            "変更の内容によって、使う届書が決まっています。",
            "Each kind of change has its own form.",
        ),
        ("QA-29",),
        _MEMBERSHIP & mentions("name_change") & ~_NAMES_A_NAME.fill_null(value=False),
        (Example({"remarks": "11月に改姓"}),),
        (Example({"remarks": "氏名変更届は提出済み"}), Example({"remarks": "取得時訂正"})),
    ),
    finding(
        "QA047",
        "new-name-is-the-old",
        "name_kanji",
        Severity.WARNING,
        (
            "変更前と変更後の氏名が同じです。",
            "The names before and after the change are the same.",
        ),
        (
            "どちらの氏名が誤りか確認してください。",
            "Find out which of the two names is wrong.",
        ),
        (
            "氏名変更届には、変わった後の氏名を書きます。",
            "The form gives the name after the change.",
        ),
        ("QA-29", "hold-path 6 氏名変更届"),
        (_INSURED_FORM | (_DEPENDANT_CHANGE & _NAMES_A_NAME.fill_null(value=True)))
        & pl.col("name_unchanged"),
        (
            Example({**_RENAMED, **_SAME}),
            Example({**_DEPENDANT_RENAMED, **_SAME}),
            Example({**_DEPENDANT_RENAMED, **_SAME, "changed_item": None}),
        ),
        (
            Example(_RENAMED),
            Example({**_RENAMED, "old_name_kanji": "見本　太郎"}),
            Example(
                {
                    **_RENAMED,
                    "old_name_kanji": "見本　太郎",
                    "old_name_kana": None,
                    "change_reason": "フリガナの訂正",
                }
            ),
            Example({**_DEPENDANT_RENAMED, **_SAME, "changed_item": "住所"}),
        ),
        cannot_see=(
            "漢字とカナの両方が書かれたときだけ比べ、空白と文字幅は見ません。",
            "Compared only where kanji and kana are given; spaces and width do not count.",
        ),
    ),
    finding(
        "QA049",
        "new-name-missing",
        "name_kanji",
        Severity.INFO,
        ("変更後の氏名がありません。", "The name after the change is missing."),
        ("変更後の氏名を書いてもらってください。", "Have the new name written."),
        (
            "変更後の氏名は、住民票と照合されます。",
            "The new name is compared with the resident registry.",
        ),
        ("QA-29", "hold-path 6 氏名変更届"),
        _INSURED_FORM & ~_NEW_NAME,
        (Example({**_RENAMED, "name_kanji": None, "name_kana": None}),),
        (Example(_RENAMED), Example({**_RENAMED, "name_kana": None})),
    ),
    finding(
        "QA050",
        "other-change-on-name-form",
        "changed_item",
        Severity.INFO,
        (
            "氏名変更届ですが、変更項目が氏名ではありません。",
            "The form is for names, but another item changes.",
        ),
        (
            "どの届書で届け出るものか確認してください。",
            "Find out which form it belongs on.",
        ),
        (
            "変更の内容によって、使う届書が決まっています。",
            "Each kind of change has its own form.",
        ),
        ("QA-29",),
        _INSURED_FORM & ~_NAMES_A_NAME & ~_NAMES_ANOTHER,
        (Example({**_RENAMED, "changed_item": "生年月日"}),),
        (
            Example(_RENAMED),
            Example({**_RENAMED, "changed_item": "氏名"}),
            Example({**_RENAMED, "changed_item": "姓及びフリガナ"}),
        ),
    ),
)
