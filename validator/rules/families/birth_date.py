"""生年月日 (BD)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_STATE = pl.col("birth_state")
_HINT = pl.col("birth_hint").cast(pl.String)
_REAL_DAY = "2200700 項番9・10「実存日であること」"
_NOTHING = Text("なし", "nothing")
_ASK = Text(
    "届書の原本か本人確認書類で生年月日を確認し、訂正した届書を出してもらってください。",
    "Have the birth date checked against the form or an identity document and filed again.",
)
# A dependant becomes one on the day of the event; 取得年月日 beside it is the insured person's.
AT_ACQUISITION = (
    pl.when(pl.col("form") == "hifuyosha_ido")
    .then(pl.coalesce("event", "acquired", "received", "as_of"))
    .otherwise(pl.coalesce("acquired", "event", "received", "as_of"))
)


def age_reached(birth: str, years: int, day: pl.Expr) -> pl.Expr:
    """True if someone born on ``birth`` has reached ``years`` on ``day``.

    Somebody born on 29 February reaches an age on 1 March of a common year.
    """
    b = pl.col(birth)
    turned = day.dt.year() - b.dt.year()
    before_birthday = _day_of_year(day) < _day_of_year(b)
    return (turned - before_birthday.cast(pl.Int32)) >= years


def _day_of_year(day: pl.Expr) -> pl.Expr:
    # Months and days are 8-bit in polars: without the cast 12 * 100 overflows.
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)


RULES = (
    Rule(
        code="BD001",
        slug="birth-date-missing",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("生年月日がありません。", "The birth date is missing."),
        hint=_ASK,
        why=Text(
            "5項目の一つで、ないと照合も登録もできません。",
            "One of the five items; nothing can be compared or registered without it.",
        ),
        source=("QA-01", "2200700 項番9・10「入力されていること」"),
        cannot_see=_NOTHING,
        when=pl.col("is_addition") & (_STATE == "blank"),
        bad=(Example({"birth_date": None}), Example({"birth_date": " "})),
        good=(Example(),),
    ),
    Rule(
        code="BD002",
        slug="birth-date-unreadable",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "生年月日を日付として読めません。", "The birth date cannot be read as a date."
        ),
        hint=_ASK,
        why=Text(
            "読み方が一つに決まらない日付は、推測しません。",
            "A date that is not certain is never guessed.",
        ),
        source=(_REAL_DAY,),
        cannot_see=_NOTHING,
        when=_STATE == "unreadable",
        bad=(Example({"birth_date": "不明"}), Example({"birth_date": "01/04/1985"})),
        good=(Example({"birth_date": "Ｓ６０．４．１"}),),
    ),
    Rule(
        code="BD003",
        slug="birth-date-impossible",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("生年月日は、暦にない日です。", "The birth date is no day of the calendar."),
        hint=_ASK,
        why=Text("2月30日のような日は存在しません。", "There is no such day."),
        source=(_REAL_DAY,),
        cannot_see=_NOTHING,
        when=_STATE == "impossible",
        bad=(Example({"birth_date": "1985-02-30"}), Example({"birth_date": "昭和60年4月31日"})),
        good=(Example({"birth_date": "2000-02-29"}, registry={"birth_date": "2000-02-29"}),),
    ),
    Rule(
        code="BD004",
        slug="birth-date-outside-era",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "生年月日が、その元号の期間にありません。", "The birth date lies outside its era."
        ),
        hint=Text(
            "元号と年のどちらが誤りか確認してもらってください。西暦での読みは提案欄にありますが、推測です。",
            "Have era and year checked; the Gregorian reading is only a suggestion.",
        ),
        why=Text(
            "昭和65年や平成32年は存在せず、元号の取り違えが疑われます。",
            "Such a year does not exist; eras may be confused.",
        ),
        source=(_REAL_DAY, "2200700 項番9 元号コード"),
        cannot_see=Text(
            "期間内に入る元号の取り違えは、台帳と比べないと分かりません。",
            "A confusion that stays inside an era only shows against the registry.",
        ),
        when=_STATE == "outside_era",
        suggestion=_HINT,
        bad=(
            Example({"birth_date": "昭和65年1月1日"}),
            Example({"birth_date": "H1.1.7"}),
            Example({"birth_date": "519850401"}),
        ),
        good=(Example({"birth_date": "昭和64年1月7日"}, registry={"birth_date": "1989-01-07"}),),
    ),
    Rule(
        code="BD005",
        slug="birth-date-two-digit-year",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "生年月日の年が2桁で、元号がありません。",
            "The birth date has a two-digit year and no era.",
        ),
        hint=_ASK,
        why=Text("60年が昭和60年か1960年か分かりません。", "60 may be 昭和60 or 1960."),
        source=("2200700 項番9「入力されていること」",),
        cannot_see=_NOTHING,
        when=_STATE == "two_digit_year",
        bad=(Example({"birth_date": "60/4/1"}), Example({"birth_date": "600401"})),
        good=(Example({"birth_date": "5600401"}),),
    ),
    Rule(
        code="BD006",
        slug="birth-date-excel-serial",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "生年月日が、表計算ソフトの通し番号になっています。",
            "The birth date is a spreadsheet's serial number.",
        ),
        hint=Text(
            "日付の列を文字列か日付の書式にして作り直してもらってください。提案欄の日付は推測です。",
            "Have the column formatted as date or text; the date shown is a guess.",
        ),
        why=Text(
            "通し番号の起点はファイルにより違うため、日付を確定できません。",
            "The epoch of a serial depends on the file.",
        ),
        source=(_REAL_DAY,),
        cannot_see=_NOTHING,
        when=_STATE == "excel_serial",
        suggestion=_HINT,
        bad=(Example({"birth_date": "31138"}),),
        good=(Example(),),
    ),
    Rule(
        code="BD007",
        slug="birth-date-future",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("生年月日が基準日より後です。", "The birth date is after the as-of date."),
        hint=_ASK,
        why=Text("まだ生まれていない人は加入できません。", "Nobody joins before birth."),
        source=("2200700 相関「≦システムチェック実施日」に準ずる",),
        cannot_see=_NOTHING,
        when=(pl.col("birth") > pl.col("as_of")).fill_null(False)
        | (pl.col("insured_birth") > pl.col("as_of")).fill_null(False),
        bad=(
            Example({"birth_date": "2030-01-01"}),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "event_on": "2026-11-20",
                    "acquired_on": None,
                    "insured_birth_date": "2065-04-01",
                }
            ),
            Example(
                {"form": "kakuninsho_kofu", "certificate_reason": "F", "birth_date": "2030-01-01"},
                without_registry=True,
            ),
        ),
        good=(
            Example(),
            Example({"birth_date": "2026-11-15"}, registry={"birth_date": "2026-11-15"}),
            Example({"birth_date": "2026-11-23"}, registry={"birth_date": "2026-11-23"}),
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "birth_date": None,
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "event_on": "2026-11-20",
                    "acquired_on": None,
                    "insured_birth_date": "2026-11-23",
                }
            ),
        ),
    ),
    Rule(
        code="BD008",
        slug="birth-date-over-130",
        field="birth_date",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "生年月日から数えた年齢が130歳を超えています。",
            "The age from the birth date is over 130.",
        ),
        hint=_ASK,
        why=Text("元号か年の書き誤りが疑われます。", "Era or year is probably a slip."),
        source=("本プロジェクトの定め",),
        inferred=True,
        cannot_see=_NOTHING,
        when=age_reached("birth", 130, pl.col("as_of")),
        bad=(
            Example(
                {
                    "form": "shikaku_soshitsu",
                    "birth_date": "1890-01-01",
                    "lost_on": "2026-11-19",
                    "left_on": "2026-11-18",
                }
            ),
            Example(
                {"form": "kakuninsho_kofu", "certificate_reason": "F", "birth_date": "1896-11-23"},
                without_registry=True,
            ),
        ),
        good=(Example(), Example({"form": "kakuninsho_kofu", "birth_date": "1896-11-24"})),
    ),
    Rule(
        code="BD009",
        slug="aged-75-at-acquisition",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "資格取得(被扶養者になった)日に75歳以上です。後期高齢者医療制度の対象です。",
            "The person is 75 or older at acquisition and belongs to the medical system for the elderly.",
        ),
        hint=Text(
            "生年月日と取得日を確認し、75歳以上であれば加入の届出を取り下げてもらってください。",
            "Check both dates; at 75 or older the form is to be withdrawn.",
        ),
        why=Text(
            "75歳の誕生日から後期高齢者医療制度に移ります。",
            "From the 75th birthday on another system is in charge.",
        ),
        source=("高齢者の医療の確保に関する法律 第50条", "健康保険法 第3条"),
        cannot_see=Text(
            "65歳以上の障害認定による移行は分かりません。",
            "Transfers by disability from 65 on cannot be seen.",
        ),
        when=pl.col("is_addition") & age_reached("birth", 75, AT_ACQUISITION),
        bad=(
            Example({"birth_date": "1951-11-18"}, registry={"birth_date": "1951-11-18"}),
            Example(
                {
                    "birth_date": "1951-11-20",
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "event_on": "2026-11-20",
                    "acquired_on": None,
                },
                registry={"birth_date": "1951-11-20"},
            ),
            # 取得年月日 beside a dependant is the insured person's: the event counts.
            Example(
                {
                    "birth_date": "1951-11-20",
                    "form": "hifuyosha_ido",
                    "change_type": "1",
                    "event_on": "2026-11-20",
                    "acquired_on": "2010-04-01",
                },
                registry={"birth_date": "1951-11-20"},
            ),
        ),
        good=(
            Example({"birth_date": "1951-11-19"}, registry={"birth_date": "1951-11-19"}),
            Example({"birth_date": "1951-11-19", "event_on": "2027-01-01"}),
        ),
    ),
    Rule(
        code="BD010",
        slug="insured-under-15",
        field="birth_date",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("被保険者が15歳未満です。", "The insured person is under 15."),
        hint=Text(
            "被扶養者の届書と取り違えていないか、生年月日に誤りがないか確認してください。",
            "Check that it is not a dependant's form, and the birth date.",
        ),
        why=Text(
            "労働基準法により、原則として15歳に達した年度末までは就労できません。",
            "Children may generally not be employed.",
        ),
        source=("労働基準法 第56条",),
        inferred=True,
        cannot_see=_NOTHING,
        when=(pl.col("form") == "shikaku_shutoku") & ~age_reached("birth", 15, AT_ACQUISITION),
        bad=(
            Example({"birth_date": "2015-04-01"}, registry={"birth_date": "2015-04-01"}),
            Example({"birth_date": "2011-11-19"}, registry={"birth_date": "2011-11-19"}),
        ),
        good=(
            Example(),
            Example({"birth_date": "2011-11-18"}, registry={"birth_date": "2011-11-18"}),
        ),
    ),
    Rule(
        code="BD011",
        slug="birth-date-notation",
        field="birth_date",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "生年月日の書き方を読み替えました。", "The birth date was read from another notation."
        ),
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text("日付は一つに定まります。", "The date is certain."),
        source=("2200700 項番9・10",),
        cannot_see=_NOTHING,
        when=_STATE == "notation",
        suggestion=pl.col("birth").cast(pl.String),
        bad=(Example({"birth_date": "昭和60年4月1日"}), Example({"birth_date": "1985/4/1"})),
        good=(Example(),),
    ),
    Rule(
        code="BD020",
        slug="birth-date-differs",
        field="birth_date",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "生年月日が住民票の台帳と違います。", "The birth date differs from the registry."
        ),
        hint=Text(
            "別人の個人番号か、生年月日の書き誤りです。手元の書類、事業所、本人の順に確認してください。",
            "Somebody else's number or a slip: check own files, then the employer, then the person.",
        ),
        why=Text(
            "生年月日の違いは、別人の番号を示す最も強い証拠です。",
            "It is the strongest sign of somebody else's number.",
        ),
        source=("2023-09-07 J-LIS照会 区分1", "QA-02"),
        cannot_see=Text(
            "台帳の誤りは分かりません。", "An error of the registry itself cannot be seen."
        ),
        when=(pl.col("level_birth_date") == "different") & pl.col("birth").is_not_null(),
        bad=(Example({"birth_date": "1985-04-02"}), Example({"birth_date": "平成2年4月1日"})),
        good=(Example({"birth_date": "S60.4.1"}),),
    ),
)
