"""Dates and filing (FM): acquisition, reception, identification of other forms."""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.fields.text import is_blank
from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_EVENTS = ("acquired", "event", "lost", "left", "changed")
_RECEIVED = pl.coalesce("received", "as_of")
_ASK = Text(
    "届書の原本で日付を確認し、出し直してもらってください。",
    "Have the date checked on the form and filed again.",
)
# The event each form reports within 5 days; other forms have no such date.
_TO_REPORT = (
    pl.when(pl.col("form") == "shikaku_shutoku")
    .then("acquired")
    .when(pl.col("form") == "hifuyosha_ido")
    .then(pl.coalesce("event", "acquired"))
    .when(pl.col("form") == "shikaku_soshitsu")
    .then("lost")
)
_DAYS_LATE = (pl.col("received") - _TO_REPORT).dt.total_days()
# 任継 and 特退 apply themselves, within other terms (FM022).
_BY_EMPLOYER = ~pl.col("member_code").is_in(["continued", "special"]).fill_null(value=False)
_LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"}


def _any(*conditions: pl.Expr) -> pl.Expr:
    return reduce(lambda a, b: a | b.fill_null(False), conditions, pl.lit(False))


def _states(*states: str) -> pl.Expr:
    read = {d: pl.col(f"{d}_state").is_in(list(states)) for d in (*_EVENTS, "insured_birth")}
    # On electronic media the insured person is a record of the line, with a birth date of its own.
    read["insured_birth"] &= ~pl.col("is_media")
    return _any(*read.values())


_IDENTIFIED = _any(
    ~is_blank("insured_number"),
    # A placeholder is nobody's number.
    ~pl.col("number_state").is_in(["blank", "placeholder"]),
    (~pl.col("kanji_blank") | (pl.col("kana_state") != "blank"))
    & (pl.col("birth_state") != "blank"),
)

RULES = (
    Rule(
        code="FM001",
        slug="event-date-unreadable",
        field="event_on",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "届書の日付(資格取得日・異動日・喪失日など)を日付として読めません。",
            "A date of the form (acquisition, event, loss …) cannot be read.",
        ),
        hint=_ASK,
        why=Text(
            "読み方が一つに決まらない日付は、推測しません。",
            "A date that is not certain is never guessed.",
        ),
        source=("2200700 項番18・19「実存日であること」",),
        cannot_see=_NOTHING,
        when=_states("unreadable", "impossible", "outside_era", "two_digit_year", "excel_serial"),
        bad=(
            Example({"acquired_on": "2026-02-30"}),
            Example({"acquired_on": "令和8年"}),
            Example({"acquired_on": "平成38年11月20日"}),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "acquired_on": None,
                    "event_on": "2026-02-30",
                }
            ),
            Example({**_LOSS, "lost_on": "令和8年"}),
            Example({**_LOSS, "left_on": "2026-02-30"}),
            Example({"form": "shimei_henko", "acquired_on": None, "changed_on": "2026-02-30"}),
        ),
        good=(Example(), Example({"m12": "600230"}, source="KPFD0006 2202700")),
    ),
    Rule(
        code="FM002",
        slug="event-after-reception",
        field="event_on",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "届書の日付(資格取得日・異動日・喪失日など)が、受付日より後です。",
            "A date of the form (acquisition, event, loss …) is after its reception.",
        ),
        hint=Text(
            "事実の発生後に届け出てもらってください。",
            "The form can only be filed after the event.",
        ),
        why=Text(
            "事実が起きる前の届出は受け付けられません。",
            "Forms filed before the event are sent back.",
        ),
        source=("2200700 相関「資格取得年月日≦システムチェック実施日」",),
        cannot_see=Text(
            "受付日がないときは基準日と比べます。",
            "Without a reception date the as-of date is used.",
        ),
        when=_any(*(pl.col(d) > _RECEIVED for d in _EVENTS)),
        bad=(
            Example({"acquired_on": "2026-11-22"}),
            Example({"acquired_on": "2026-12-01", "received_on": None}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="FM003",
        slug="acquired-on-missing",
        field="acquired_on",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("資格取得年月日がありません。", "The acquisition date is missing."),
        hint=_ASK,
        why=Text("届出の期限と年齢は、取得日で判断します。", "Deadline and age are judged by it."),
        source=("2200700 項番18・19「入力されていること」",),
        cannot_see=_NOTHING,
        when=(pl.col("form") == "shikaku_shutoku") & (pl.col("acquired_state") == "blank"),
        bad=(Example({"acquired_on": None}),),
        good=(Example(),),
    ),
    Rule(
        code="FM004",
        slug="filed-late",
        field="received_on",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "届出が遅れています(事実の日から{days}日後に受付、期限は5日)。",
            "Filed late: received {days} days after the event; the limit is 5 days.",
        ),
        params={"days": _DAYS_LATE},
        hint=Text(
            "登録を急いでください。必要なら遅延理由書を求めます。",
            "Register quickly; ask for a reason where your rules want one.",
        ),
        why=Text(
            "遅れた日数だけ、医療機関で資格(無効)と表示される期間が延びます。",
            "Each day is a day on which a clinic sees 資格(無効).",
        ),
        source=("健康保険法施行規則 第24条・第29条・第38条", "QA-01", "QA-02"),
        cannot_see=Text(
            "暦日で数え、休日による延長は見ません。", "Calendar days, no shift for holidays."
        ),
        when=_BY_EMPLOYER & (_DAYS_LATE > 5),
        bad=(
            Example({"acquired_on": "2026-11-14"}),
            Example({**_LOSS, "lost_on": "2026-11-14", "left_on": "2026-11-13"}),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "acquired_on": None,
                    "event_on": "2026-11-14",
                }
            ),
        ),
        good=(
            Example({"acquired_on": "2026-11-15"}),
            Example({**_LOSS, "acquired_on": "2020-04-01"}),
            Example({"form": "kakuninsho_funshitsu_soshitsugo", "lost_on": "2026-10-01"}),
            Example({"acquired_on": "2026-11-14", "member_kind": "任継"}),
            Example({"acquired_on": "2026-11-14", "member_kind": "特退"}),
        ),
    ),
    Rule(
        code="FM005",
        slug="received-on-missing",
        field="received_on",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "届書受付年月日がないため、処理期限を計算できません。",
            "No reception date, so no due date.",
        ),
        hint=Text("--received-on で受付日を補えます。", "--received-on fills it."),
        why=Text(
            "受付から5日以内の登録が求められています。",
            "Registration is due within 5 days of reception.",
        ),
        source=("QA-01",),
        cannot_see=_NOTHING,
        when=pl.col("received_state") == "blank",
        bad=(Example({"received_on": None}),),
        good=(Example(),),
    ),
    Rule(
        code="FM006",
        slug="received-on-unreadable",
        field="received_on",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "届書受付年月日を日付として読めません。", "The reception date cannot be read."
        ),
        hint=Text("受付日を正しい日付にしてください。", "Give a proper date."),
        why=Text("受付日は組合が記入する日付です。", "It is written by the association itself."),
        source=("QA-01",),
        cannot_see=_NOTHING,
        when=pl.col("received_state").is_in(
            ["unreadable", "impossible", "outside_era", "two_digit_year", "excel_serial"]
        ),
        bad=(
            Example({"received_on": "きのう"}),
            Example({"received_on": "2026-02-30"}),
            Example({"received_on": "平成38年11月20日"}),
            Example({"received_on": "26/11/20"}),
            Example({"received_on": "46346"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="FM007",
        slug="received-in-future",
        field="received_on",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "届書受付年月日が基準日より後です。", "The reception date is after the as-of date."
        ),
        hint=Text("受付日を確認してください。", "Check it."),
        why=Text("受付日の書き誤りです。", "A slip."),
        source=("本プロジェクトの定め",),
        inferred=True,
        cannot_see=_NOTHING,
        when=pl.col("received") > pl.col("as_of"),
        bad=(
            Example({"received_on": "2026-12-24"}),
            Example({"acquired_on": "2026-11-20", "received_on": "2026-11-24"}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="FM008",
        slug="not-identified",
        field="insured_number",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "誰の届書か分かりません(記号・番号、個人番号、氏名と生年月日のいずれもありません)。",
            "The person is not identified: no symbol and number, no My Number, no name with birth date.",
        ),
        hint=Text("記号・番号などを記載してもらってください。", "Have one of them filled in."),
        why=Text("どの記録を変えるのか決められません。", "There is no telling whose record it is."),
        source=("本プロジェクトの定め(他の届書の特定)",),
        inferred=True,
        cannot_see=_NOTHING,
        when=~pl.col("is_addition") & ~_IDENTIFIED,
        bad=(
            Example(
                {
                    **_LOSS,
                    "insured_symbol": None,
                    "insured_number": None,
                    "my_number": "000000000000",
                    "birth_date": None,
                }
            ),
            Example(
                {
                    **_LOSS,
                    "insured_symbol": None,
                    "insured_number": None,
                    "my_number": None,
                    "birth_date": None,
                }
            ),
            Example(
                {
                    **_LOSS,
                    "insured_symbol": None,
                    "insured_number": None,
                    "my_number": None,
                    "name_kanji": None,
                    "name_kana": None,
                }
            ),
        ),
        good=(
            Example(
                {
                    **_LOSS,
                    "my_number": None,
                    "name_kanji": None,
                    "name_kana": None,
                    "birth_date": None,
                }
            ),
            Example(
                {
                    **_LOSS,
                    "insured_symbol": None,
                    "insured_number": None,
                    "my_number": None,
                    "name_kana": None,
                }
            ),
            Example(
                {
                    **_LOSS,
                    "insured_symbol": None,
                    "insured_number": None,
                    "my_number": None,
                    "name_kanji": None,
                }
            ),
        ),
    ),
    Rule(
        code="FM009",
        slug="loss-date-not-next-day",
        field="lost_on",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "資格喪失年月日が、退職日(死亡日)の翌日ではありません。",
            "The date of loss is not the day after leaving (or death).",
        ),
        hint=Text(
            "喪失日は退職日の翌日です。どちらの日付が正しいか確認してもらってください。",
            "Loss is the day after leaving; find out which date is right.",
        ),
        why=Text(
            "退職日をそのまま喪失日とする誤りが多くあります。",
            "The leaving date is often written as the date of loss.",
        ),
        source=("健康保険法 第36条", "2201700 相関「資格喪失年月日=退職日+1日」"),
        cannot_see=_NOTHING,
        when=(pl.col("form") == "shikaku_soshitsu")
        # With these causes nobody leaves: the loss is on the very day (FM017 notes the date).
        & ~pl.col("loss_cause_code")
        .is_in(["aged_75", "disability", "treaty"])
        .fill_null(value=False)
        & (pl.col("lost") != pl.col("left").dt.offset_by("1d")),
        bad=(
            Example({**_LOSS, "left_on": "2026-11-19"}),
            Example({**_LOSS, "left_on": "2026-11-16"}),
            Example({**_LOSS, "left_on": "2026-11-19", "loss_cause": None}),
            Example({**_LOSS, "left_on": "2026-11-19", "loss_cause": "死亡"}),
        ),
        good=(
            Example(_LOSS),
            Example({**_LOSS, "left_on": None}),
            Example(
                {**_LOSS, "left_on": "2026-11-19", "loss_cause": "7", "birth_date": "1951-11-19"}
            ),
            Example({**_LOSS, "left_on": "2026-11-19", "loss_cause": "障害認定"}),
            Example({**_LOSS, "left_on": "2026-11-19", "loss_cause": "社会保障協定"}),
        ),
        suggestion=pl.col("left").dt.offset_by("1d").cast(pl.String),
    ),
)
