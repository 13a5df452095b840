"""Loss of membership, dates and causes (FM): 資格喪失届 and the removal of dependants."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Example, Rule, Severity
from validator.rules.notes import LOSS_FORM, REMOVAL_OF_DEPENDANT, finding

_CAUSE = pl.col("loss_cause_code")
_BIRTHDAY_75 = pl.col("birthday_75")
# 75 years after 29 February is a common year: 28 February and 1 March are both accepted.
_LEAP_DAY = (pl.col("birth").dt.month() == 2) & (pl.col("birth").dt.day() == 29)
_LEAP_DAY_SEEN = (
    "2月29日生まれの人は、2月28日と3月1日のどちらも認めます。",
    "For people born on 29 February both 28 February and 1 March are accepted.",
)
_REMOVED_AT_75 = pl.col("event_reason").str.contains("75歳|７５歳|後期高齢")
_LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18"}
_AT_75 = {**_LOSS, "left_on": None, "loss_cause": "7", "elderly_certificate": "1"}
_BORN_1951 = {"birth_date": "1951-11-19"}
_REMOVAL = {"form": "hifuyosha_ido", "change_type": "2", "acquired_on": None}
_ASK = (
    "届書の原本で確認し、必要なら事業所に尋ねてください。",
    "Check the form, and ask the employer if needed.",
)


def _not_birthday(day: str) -> pl.Expr:
    same = pl.col(day) == _BIRTHDAY_75
    return ~(same | (_LEAP_DAY & (pl.col(day) == _BIRTHDAY_75.dt.offset_by("1d"))))


RULES: tuple[Rule, ...] = (
    finding(
        "FM013",
        "loss-date-missing",
        "lost_on",
        Severity.WARNING,
        ("資格喪失年月日がありません。", "The date of loss is missing."),
        _ASK,
        (
            "喪失日がないと、資格を終わらせる日が決まりません。",
            "Without it there is no telling when membership ends.",
        ),
        ("2201700 項番14・15", "hold-path 6 資格喪失届"),
        # On electronic media the date is left out where only the pension office is concerned.
        LOSS_FORM & (pl.col("lost_state") == "blank") & ~pl.col("is_media"),
        (Example({**_LOSS, "lost_on": None}),),
        (Example(_LOSS),),
    ),
    finding(
        "FM014",
        "loss-cause-code",
        "loss_cause",
        Severity.WARNING,
        (
            "喪失原因のコードが、4(退職等)・5(死亡)・7(75歳到達)・9(障害認定)・11(社会保障協定)のどれでもありません。",
            "The cause of loss is none of the codes 4 (left), 5 (death), 7 (75th birthday), 9 (disability), 11 (treaty).",
        ),
        _ASK,
        ("原因によって、喪失日の数え方が違います。", "The date of loss depends on the cause."),
        ("2201700 項番16",),
        LOSS_FORM & (_CAUSE == "unknown_code"),
        (Example({**_LOSS, "loss_cause": "3"}),),
        (Example({**_LOSS, "loss_cause": "04"}), Example({**_LOSS, "loss_cause": "退職"})),
    ),
    finding(
        "FM015",
        "loss-cause-word",
        "loss_cause",
        Severity.INFO,
        ("喪失原因の言葉を読み取れません。", "The words of the cause of loss are not known."),
        (
            "退職・死亡・75歳到達などに当たるか確認してください。",
            "See whether it is leaving, death, the 75th birthday …",
        ),
        ("原因によって、喪失日の数え方が違います。", "The date of loss depends on the cause."),
        ("hold-path 6 資格喪失届",),
        LOSS_FORM & (_CAUSE == "unknown"),
        (Example({**_LOSS, "loss_cause": "一身上の都合"}),),
        (
            Example({**_LOSS, "loss_cause": "定年退職"}),
            Example({**_LOSS, "loss_cause": "その他(転勤)"}),
        ),
        inferred=True,
    ),
    finding(
        "FM016",
        "leaving-date-missing",
        "left_on",
        Severity.INFO,
        (
            "喪失原因が退職または死亡ですが、退職日(死亡日)がありません。",
            "The cause is leaving or death, but its date is missing.",
        ),
        (
            "喪失日が翌日になっているか、確かめられません。",
            "Whether the loss is the day after cannot be checked.",
        ),
        ("喪失日は、退職日(死亡日)の翌日です。", "Loss is the day after leaving or death."),
        ("2201700 相関「喪失原因が4・5のとき退職日死亡日が必要」",),
        LOSS_FORM & _CAUSE.is_in(["left", "death"]) & (pl.col("left_state") == "blank"),
        (
            Example({**_LOSS, "loss_cause": "4", "left_on": None}),
            Example({**_LOSS, "loss_cause": "5", "left_on": None}),
        ),
        (Example({**_LOSS, "loss_cause": "4"}), Example({**_AT_75, **_BORN_1951})),
    ),
    finding(
        "FM017",
        "leaving-date-not-expected",
        "left_on",
        Severity.INFO,
        (
            "喪失原因が75歳到達・障害認定・社会保障協定のとき、退職日は書きません。",
            "With the 75th birthday, a disability or a treaty as cause there is no leaving date.",
        ),
        _ASK,
        (
            "退職による喪失と取り違えていないか確かめます。",
            "It may be a loss by leaving after all.",
        ),
        ("2201700 相関「喪失原因が4・5以外のとき退職日死亡日は省略」",),
        LOSS_FORM
        & _CAUSE.is_in(["aged_75", "disability", "treaty"])
        & (pl.col("left_state") != "blank"),
        (
            Example({**_LOSS, "loss_cause": "9"}),
            Example({**_LOSS, "loss_cause": "11"}),
            Example({**_AT_75, **_BORN_1951, "left_on": "2026-11-18"}),
        ),
        (
            Example({**_LOSS, "loss_cause": "9", "left_on": None}),
            Example({**_LOSS, "loss_cause": "4"}),
        ),
    ),
    finding(
        "FM018",
        "loss-not-on-75th-birthday",
        "lost_on",
        Severity.WARNING,
        (
            "喪失原因が75歳到達ですが、資格喪失年月日が75歳の誕生日ではありません。",
            "The cause is the 75th birthday, but the date of loss is another day.",
        ),
        (
            "75歳到達による喪失日は、誕生日の当日です。生年月日と喪失日を確認してください。",
            "The loss is on the birthday itself; check both dates.",
        ),
        (
            "75歳の誕生日から後期高齢者医療制度に移ります。",
            "From the 75th birthday on another system is in charge.",
        ),
        (
            "2201700 相関「喪失原因7→資格喪失年月日≧生年月日+75年」",
            "健康保険法 第36条",
            "hold-path 6 資格喪失届",
        ),
        LOSS_FORM & (_CAUSE == "aged_75") & _not_birthday("lost"),
        (
            Example({**_AT_75, "birth_date": "1951-11-20"}),
            Example({**_AT_75, "birth_date": "1951-11-18"}),
            Example(
                {**_AT_75, "birth_date": "1951-02-10", "lost_on": "2026-02-11"},
                without_registry=True,
            ),
            Example(
                {**_AT_75, "birth_date": "1951-10-29", "lost_on": "2026-10-30"},
                without_registry=True,
            ),
            Example({**_AT_75, "birth_date": "1951-11-20"}, without_registry=True),
        ),
        (
            Example({**_AT_75, **_BORN_1951}),
            Example({**_AT_75, "birth_date": None}),
            Example({**_AT_75, "birth_date": "1948-02-29", "lost_on": "2023-03-01"}),
        ),
        cannot_see=_LEAP_DAY_SEEN,
        suggestion=_BIRTHDAY_75.cast(pl.String),
    ),
    finding(
        "FM019",
        "member-after-75th-birthday",
        "lost_on",
        Severity.INFO,
        (
            "資格喪失年月日が、75歳の誕生日より後です。",
            "The date of loss is after the 75th birthday.",
        ),
        (
            "生年月日を確認してください。75歳に達した人の資格は、誕生日に失われています。",
            "Check the birth date; membership ended on that birthday.",
        ),
        (
            "75歳の誕生日から後期高齢者医療制度に移ります。",
            "From the 75th birthday on another system is in charge.",
        ),
        ("健康保険法 第36条",),
        LOSS_FORM & (_CAUSE != "aged_75").fill_null(value=True) & (pl.col("lost") > _BIRTHDAY_75),
        (
            Example(
                {
                    **_LOSS,
                    "loss_cause": None,
                    "birth_date": "1950-01-01",
                    "elderly_certificate": "1",
                }
            ),
            Example(
                {**_LOSS, "loss_cause": "4", "birth_date": "1950-01-01", "elderly_certificate": "1"}
            ),
            Example(
                {**_LOSS, "birth_date": "1950-01-01", "elderly_certificate": "1"},
                without_registry=True,
            ),
        ),
        (
            Example({**_LOSS, "birth_date": "1951-11-19", "elderly_certificate": "1"}),
            Example({**_AT_75, "birth_date": "1951-11-18"}),
            Example(
                {
                    "form": "kakuninsho_funshitsu_soshitsugo",
                    "acquired_on": None,
                    "lost_on": "2026-11-01",
                    "birth_date": "1950-01-01",
                }
            ),
        ),
        cannot_see=_LEAP_DAY_SEEN,
    ),
    finding(
        "FM020",
        "removal-not-on-75th-birthday",
        "event_on",
        Severity.WARNING,
        (
            "75歳到達による扶養からの削除ですが、異動年月日が75歳の誕生日ではありません。",
            "Removed because of the 75th birthday, but the event is another day.",
        ),
        ("生年月日と異動年月日を確認してください。", "Check both dates."),
        (
            "75歳の誕生日から後期高齢者医療制度に移ります。",
            "From the 75th birthday on another system is in charge.",
        ),
        ("2202700 項番52・99「75歳到達」", "高齢者の医療の確保に関する法律 第50条"),
        REMOVAL_OF_DEPENDANT & _REMOVED_AT_75 & _not_birthday("event"),
        (
            Example(
                {
                    **_REMOVAL,
                    "event_reason": "75歳到達",
                    "event_on": "2026-11-18",
                    "birth_date": "1951-11-19",
                }
            ),
            Example(
                {
                    **_REMOVAL,
                    "event_reason": "75歳到達",
                    "event_on": "2026-11-18",
                    "birth_date": "1951-11-19",
                    "elderly_certificate": "返納",
                },
                registry={"birth_date": "1951-11-19"},
            ),
        ),
        (
            Example(
                {
                    **_REMOVAL,
                    "event_reason": "75歳到達",
                    "event_on": "2026-11-19",
                    "birth_date": "1951-11-19",
                }
            ),
            Example({**_REMOVAL, "event_reason": "就職", "event_on": "2026-11-18"}),
        ),
        cannot_see=_LEAP_DAY_SEEN,
        suggestion=_BIRTHDAY_75.cast(pl.String),
    ),
)
