"""Forms that belong together (CO): one announces another that is not in the batch.

Such forms come days later, so this is a reminder with a date, never a return.
"""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text
from validator.rules.notes import RECEIVED

_DAYS = 5
_CANNOT_SEE = Text(
    "別の日に届いた届書は見えません。", "Forms that came on another day are not seen."
)
# Without a reception date the form came in today.
_DUE = {"due": RECEIVED.dt.offset_by(f"{_DAYS}d").dt.to_string("%Y-%m-%d")}
_PLAIN = {"acquired_on": None}
_APPLICATION = {**_PLAIN, "form": "kakuninsho_kofu", "certificate_reason": "G"}
_LOST = {**_PLAIN, "form": "kakuninsho_funshitsu", "loss_kind": "lost"}
_CHILD = {
    **_PLAIN,
    "form": "hifuyosha_ido",
    "change_type": "1",
    "event_on": "2026-11-18",
    "relationship": "長女",
    "my_number": "{valid:16180339880}",
    "name_kanji": "見本　花子",
    "name_kana": "ミホン　ハナコ",
    "birth_date": "2015-06-01",
    "sex": "2",
    "insured_symbol": None,
    "insured_number": None,
    "insured_name_kanji": "見本　太郎",
    "insured_name_kana": "ミホン　タロウ",
    "insured_birth_date": "昭和60年4月1日",
}


def _rule(
    code: str,
    slug: str,
    field: str,
    ja: str,
    en: str,
    hint: Text,
    source: tuple[str, ...],
    when: pl.Expr,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(f"{ja}目安は {{due}} です。", f"{en}; expected by {{due}}."),
        hint=hint,
        why=Text(
            "一緒に必要な届書です。数日遅れて届くことがよくあります。",
            "The forms belong together; the other often comes days later.",
        ),
        source=source,
        cannot_see=_CANNOT_SEE,
        when=when.fill_null(value=False),
        params=_DUE,
        bad=bad,
        good=good,
    )


RULES = (
    _rule(
        "CO001",
        "dependant-form-expected",
        "has_dependants",
        "被扶養者「有」ですが、この一括にその人の被扶養者(異動)届がありません。",
        "Dependants are announced, but the batch holds no 被扶養者(異動)届 of this person",
        Text(
            "届いていなければ、事業所に被扶養者(異動)届の提出を頼んでください。",
            "If none has come, ask the employer for it.",
        ),
        ("2200700 項番20", "hold-path 6 資格取得届"),
        pl.col("lacks_dependant_form"),
        bad=(
            Example({"has_dependants": "有"}),
            Example(
                {"has_dependants": "1"}, others=({**_CHILD, "insured_birth_date": "1985-04-02"},)
            ),
        ),
        good=(
            Example({"has_dependants": "0"}),
            Example({"has_dependants": "1"}, others=(_CHILD,)),
            Example(
                {"has_dependants": "1"},
                others=(
                    {
                        **_CHILD,
                        "insured_symbol": "101",
                        "insured_number": "1234",
                        "insured_name_kana": None,
                    },
                ),
            ),
        ),
    ),
    _rule(
        "CO002",
        "certificate-application-expected",
        "certificate_reason",
        "発行理由G(要介助)には、資格確認書(再)交付申請書が要りますが、この一括にありません。",
        "Reason G needs a 資格確認書(再)交付申請書 as well; the batch holds none",
        Text(
            "届いていなければ、交付申請書の提出を頼んでください。",
            "If none has come, ask for the application.",
        ),
        ("QA-17", "QA-22"),
        pl.col("lacks_certificate_form"),
        bad=(Example({"certificate_needed": "1", "certificate_reason": "G"}),),
        good=(
            Example({"certificate_needed": "1", "certificate_reason": "A"}),
            Example({"certificate_needed": "1", "certificate_reason": "G"}, others=(_APPLICATION,)),
        ),
    ),
    _rule(
        "CO003",
        "application-with-lost-card-expected",
        "card_lost",
        "マイナ保険証も紛失していますが、資格確認書(再)交付申請書がこの一括にありません。",
        "The card is lost too, but the batch holds no 資格確認書(再)交付申請書",
        Text("交付申請書も一緒に出してもらってください。", "Have the application filed as well."),
        ("QA-30", "QA-22"),
        pl.col("lacks_application"),
        bad=(
            Example({**_LOST, "card_lost": "1"}),
            Example({**_LOST, "circumstances": "財布を落とし、マイナ保険証も紛失"}),
            Example({**_LOST, "circumstances": "マイナンバーカードとともになくした"}),
        ),
        good=(
            Example({**_LOST, "card_lost": None}),
            Example({**_LOST, "circumstances": "紛失。マイナ保険証は手元にあるが使えない"}),
            Example(
                {**_LOST, "card_lost": "0", "circumstances": "マイナ保険証も紛失したが見つかった"}
            ),
            Example(
                {**_LOST, "card_lost": "1"}, others=({**_APPLICATION, "certificate_reason": "F"},)
            ),
        ),
    ),
)
