"""Single fields as the forms declare them (FF): ``schemas/forms/`` asks, these rules tell.

A value that a family of rules reads itself (``checked_by``) is left to that family.
"""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

Both = tuple[str, str]

_ASK = (
    "届書の原本を確認し、必要なら事業所に尋ねてください。",
    "Check the form, and ask the employer if needed.",
)
_ITEMS = "schemas/forms/ の各届書の宣言"
_MEDIA = (
    "電子媒体の項目は、様式の検査(EM・ES・ED)で調べます。",
    "Items of electronic media are checked by their layout (EM, ES, ED).",
)
_WORDS = (
    "一覧にない言い換えの意味は分かりません。",
    "The meaning of words outside the list is not known.",
)
_LOST = {"form": "kakuninsho_funshitsu", "acquired_on": None, "circumstances": "引越しの際に紛失"}
_CHANGED = {
    "form": "kisai_jiko_henko",
    "acquired_on": None,
    "changed_on": "2026-11-18",
    "changed_item": "氏名",
    "old_name_kanji": "見本　次郎",
}
_DEPENDANT = {
    "form": "hifuyosha_ido",
    "acquired_on": None,
    "event_on": "2026-11-18",
    "change_type": "1",
    "relationship": "長男",
    "living_together": "1",
    "insured_name_kanji": "見本　一郎",
    "insured_name_kana": "ミホン　イチロウ",
}


def _declared(
    kind: str,
    code: str,
    slug: str,
    severity: Severity,
    message: Both,
    hint: Both,
    why: Both,
    source: tuple[str, ...],
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    cannot_see: Both = _MEDIA,
) -> Rule:
    """The rule that tells of the fields broken in one way (``ff_{kind}``)."""
    ja, en = f"ff_{kind}", f"ff_{kind}_en"
    return Rule(
        code=code,
        slug=slug,
        field=None,
        severity=severity,
        effect=Effect.NONE,
        message=Text(*message),
        hint=Text(*hint),
        why=Text(*why),
        source=source,
        cannot_see=Text(*cannot_see),
        when=pl.col(ja).is_not_null(),
        params={"items": lambda lang: pl.col(ja if lang == "ja" else en)},
        bad=bad,
        good=good,
    )


RULES = (
    _declared(
        "blank",
        "FF001",
        "required-field-blank",
        Severity.WARNING,
        (
            "この届書に欠かせない欄が空欄です({items})。",
            "A field without which the form says nothing is blank ({items}).",
        ),
        _ASK,
        ("何を届け出たのかが分かりません。", "There is no telling what was filed."),
        (_ITEMS, "QA-29", "QA-30"),
        bad=(
            Example({**_LOST, "loss_kind": None}),
            Example({**_CHANGED, "changed_item": "　"}),
        ),
        good=(Example({**_LOST, "loss_kind": "lost"}), Example(_CHANGED), Example()),
    ),
    _declared(
        "blank_note",
        "FF002",
        "expected-field-blank",
        Severity.INFO,
        (
            "記入されるはずの欄が空欄です({items})。",
            "A field usually filled in is blank ({items}).",
        ),
        ("手元の資料で分かれば対応は不要です。", "Nothing to do if your own records tell."),
        (
            "登録はできますが、確認の手掛かりが減ります。",
            "The form can be registered, but there is less to check it with.",
        ),
        (_ITEMS,),
        bad=(
            Example({**_DEPENDANT, "living_together": None}),
            Example({**_LOST, "loss_kind": "lost", "circumstances": None}),
        ),
        good=(
            Example(_DEPENDANT),
            Example({**_DEPENDANT, "change_type": "2", "living_together": None}),
        ),
    ),
    _declared(
        "unknown_code",
        "FF003",
        "code-not-in-list",
        Severity.WARNING,
        (
            "決められた値のどれでもない欄があります({items})。",
            "A value is none of its closed list ({items}).",
        ),
        (
            "届書の説明のページにある値に直してもらってください。",
            "Have it corrected to a value of the form's page.",
        ),
        (
            "値の決まった欄は、ほかの値では意味が分かりません。",
            "In a field with a closed list another value has no meaning.",
        ),
        (_ITEMS, "2200700 項番12", "2202700 項番21・35", "QA-30"),
        bad=(
            Example({**_DEPENDANT, "change_type": "9"}),
            Example({**_DEPENDANT, "living_together": "ときどき"}),
            Example({"member_kind": "アルバイト"}),
            Example({"acquisition_kind": "9"}),
            Example({**_LOST, "loss_kind": "不明"}),
        ),
        good=(
            Example(
                {
                    **_DEPENDANT,
                    "change_type": "該当",
                    "living_together": "別居",
                    "remittance": "600000",
                }
            ),
            Example({"member_kind": "一般", "acquisition_kind": "１"}),
            Example({**_LOST, "loss_kind": "紛失"}),
        ),
    ),
    _declared(
        "unknown_word",
        "FF004",
        "word-not-in-list",
        Severity.INFO,
        ("一覧にない言葉の欄があります({items})。", "A word is not in the known list ({items})."),
        ("意味が分かれば対応は不要です。", "Nothing to do if you understand it."),
        (
            "言葉の欄は自由に書けますが、この値は検査に使えません。",
            "Words are free, but this one cannot be used for checks.",
        ),
        (_ITEMS, "2200700 項番12"),
        bad=(Example({"acquisition_kind": "転籍"}),),
        good=(Example({"acquisition_kind": "健保・厚年"}), Example({"acquisition_kind": "3"})),
        cannot_see=_WORDS,
    ),
    _declared(
        "flag",
        "FF005",
        "flag-not-readable",
        Severity.WARNING,
        (
            "有・無を読み取れない欄があります({items})。",
            "A yes / no field cannot be read ({items}).",
        ),
        (
            "「1」「有」「要」「○」か、空欄「0」「無」「否」で書いてもらってください。",
            "Have it written as 1, 有, 要, ○ or as blank, 0, 無, 否.",
        ),
        ("書き方が決まっていない印は、推測しません。", "Other marks are never guessed."),
        (_ITEMS, "本プロジェクトの定め"),
        bad=(
            Example({"certificate_needed": "△"}),
            Example({"has_dependants": "3"}),
        ),
        good=(Example({"certificate_needed": "否", "has_dependants": "０"}),),
    ),
    _declared(
        "too_long",
        "FF006",
        "value-too-long",
        Severity.WARNING,
        ("長すぎる値の欄があります({items})。", "A value is longer than its field ({items})."),
        (
            "別の欄の内容が混ざっていないか、原本を確認してください。",
            "See whether something else got into the field.",
        ),
        (
            "表の長さの上限は、書き誤り以外では超えません。",
            "Only mistakes exceed the lengths that a table may have.",
        ),
        (_ITEMS,),
        bad=(
            Example({"office_name": "見本" * 60}),
            Example({"remarks": "あ" * 501}),
        ),
        good=(Example({"remarks": "あ" * 500}),),
        cannot_see=(
            "登録先のシステムの上限は、もっと短いことがあります。",
            "The system of registration may allow less.",
        ),
    ),
    _declared(
        "shape",
        "FF007",
        "value-of-wrong-shape",
        Severity.WARNING,
        (
            "形の正しくない値の欄があります({items})。",
            "A value has not the shape of its field ({items}).",
        ),
        _ASK,
        (
            "カナの欄の漢字や、氏名の欄の記号は、列の取り違えのしるしです。",
            "Kanji in a kana field or signs for a name show that columns were mixed up.",
        ),
        (_ITEMS, "2202700 項番9・10"),
        bad=(
            Example({**_DEPENDANT, "insured_name_kana": "見本　一郎"}),
            Example({**_DEPENDANT, "insured_name_kanji": "12345"}),
            Example({**_CHANGED, "old_name_kana": "taro"}),
        ),
        good=(
            Example({**_DEPENDANT, "insured_name_kana": "ﾐﾎﾝ ｲﾁﾛｳ"}),
            Example({**_CHANGED, "old_name_kana": "みほん　じろう"}),
        ),
        cannot_see=(
            "正しい形の、別の人の氏名は分かりません。",
            "Another person's name in the right shape cannot be seen.",
        ),
    ),
    _declared(
        "negative",
        "FF008",
        "amount-negative",
        Severity.WARNING,
        ("負の数の欄があります({items})。", "A count or amount is negative ({items})."),
        _ASK,
        ("枚数と金額は負になりません。", "Counts and amounts are never negative."),
        (_ITEMS, "2200700 項番21〜23", "2201700 項番22・23"),
        bad=(
            Example({"pay_cash": "-300000"}),
            Example({**_DEPENDANT, "living_together": "2", "remittance": "▲600,000"}),
        ),
        good=(Example({"pay_cash": "300,000円"}),),
    ),
    _declared(
        "amount",
        "FF009",
        "amount-not-a-number",
        Severity.INFO,
        ("数として読めない欄があります({items})。", "A count or amount is no number ({items})."),
        ("意味が分かれば対応は不要です。", "Nothing to do if you understand it."),
        (
            "数の欄の言葉は、合計などの検査に使えません。",
            "Words cannot be used for sums and the like.",
        ),
        (_ITEMS, "2200700 項番21〜23"),
        bad=(
            Example({"pay_total": "時給1,200円程度"}),
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                    "acquired_on": None,
                    "loss_cause": "4",
                    "certificates_held": "全員分",
                }
            ),
        ),
        good=(Example({"pay_total": "30万円"}), Example({"pay_total": "３００，０００"})),
    ),
)
