"""People of one family, and one person's forms (FA): what the records of a batch say together."""

from __future__ import annotations

import polars as pl

from validator.match.relations import OLDER, YOUNGER
from validator.rules.model import Effect, Example, Rule, Severity, Text

_BATCH = Text("この一括の届書の中だけを見ます。", "Only this batch is looked at.")
_NOTHING = Text("なし", "nothing")
_DEPENDANT = (pl.col("form") == "hifuyosha_ido") & (pl.col("block").fill_null("") != "insured")
_INSURED = {
    "insured_name_kanji": "見本　太郎",
    "insured_name_kana": "ミホン　タロウ",
    "insured_birth_date": "1985-04-01",
}
_CHILD = {
    "form": "hifuyosha_ido",
    "change_type": "1",
    "event_on": "2026-11-18",
    "acquired_on": None,
    "name_kanji": "見本　花子",
    "name_kana": "ミホン　ハナコ",
    "birth_date": "2015-06-01",
    "sex": "2",
    "relationship": "長女",
    **_INSURED,
}
_REGISTRY = {k: _CHILD[k] for k in ("name_kanji", "name_kana", "birth_date", "sex")}
_WIFE = {**_CHILD, "relationship": "妻", "birth_date": "1986-06-01"}
_OTHER = "{valid:16180339880}"


def _rule(
    code: str,
    slug: str,
    field: str,
    ja: str,
    en: str,
    hint: Text,
    why: Text,
    source: tuple[str, ...],
    when: pl.Expr,
    *,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    severity: Severity = Severity.WARNING,
    cannot_see: Text = _BATCH,
    inferred: bool = True,
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=severity,
        effect=Effect.NONE,
        message=Text(ja, en),
        hint=hint,
        why=why,
        source=source,
        cannot_see=cannot_see,
        when=when.fill_null(value=False),
        bad=bad,
        good=good,
        inferred=inferred,
    )


def _family(*changes: dict[str, str | None]) -> Example:
    """A record and the others of its batch, each as differences from the child."""
    first, *others = ({**_CHILD, **change} for change in changes)
    return Example(first, _REGISTRY, others=tuple(others))


_EITHER = Text(
    "続柄、性別、生年月日のどれが正しいか、事業所に確かめてもらってください。",
    "Have the employer find out which of relation, sex and birth date is right.",
)

RULES = (
    _rule(
        "FA001",
        "dependant-without-insured",
        "insured_name_kanji",
        "どの被保険者の被扶養者か、書かれていません(記号・番号も、被保険者の氏名・番号もありません)。",
        "The row does not say whose dependant this is.",
        Text(
            "被保険者の記号・番号、または氏名と生年月日を書いてもらってください。",
            "Have 記号・番号 or the insured person's name and birth date added.",
        ),
        Text(
            "被扶養者は、被保険者の記号・番号に加えて登録します。",
            "A dependant is registered under the insured person's 記号・番号.",
        ),
        ("被扶養者(異動)届 被保険者欄", "form-formats 4.1"),
        _DEPENDANT
        & pl.col("insured_id").is_null()
        & pl.col("insured_number").is_null()
        & pl.col("insured_name_kanji").is_null()
        & pl.col("insured_name_kana").is_null(),
        bad=(
            Example(
                {
                    **_CHILD,
                    **dict.fromkeys(_INSURED),
                    "insured_symbol": None,
                    "insured_number": None,
                },
                _REGISTRY,
            ),
        ),
        good=(
            Example({**_CHILD, "insured_symbol": None, "insured_number": None}, _REGISTRY),
            Example({**_CHILD, **dict.fromkeys(_INSURED)}, _REGISTRY),
            Example(source="KPFD0006 2202700"),
            Example({"m08": None, "m141": None}, source="KPFD0006 2202700"),
        ),
    ),
    _rule(
        "FA002",
        "second-spouse",
        "relationship",
        "一人の被保険者に、配偶者が二人届け出られています。",
        "Two spouses are reported for one insured person.",
        Text("どちらが配偶者か、事業所に確かめてもらってください。", "Have it clarified."),
        Text("配偶者は一人です。", "There is at most one spouse."),
        ("hold-path 6 被扶養者(異動)届", "form-formats 4.2"),
        pl.col("second_spouse"),
        bad=(
            Example(
                _WIFE,
                without_registry=True,
                others=(
                    {
                        **_WIFE,
                        "my_number": _OTHER,
                        "name_kanji": "手本　月子",
                        "name_kana": "テホン　ツキコ",
                    },
                ),
            ),
            _family(
                {**_WIFE},
                {
                    **_WIFE,
                    "my_number": _OTHER,
                    "name_kanji": "手本　月子",
                    "name_kana": "テホン　ツキコ",
                },
            ),
        ),
        good=(_family({**_WIFE}, {"my_number": _OTHER, "name_kana": "ミホン　ツキコ"}),),
    ),
    _rule(
        "FA003",
        "relation-against-sex",
        "relationship",
        "続柄と性別が合いません。",
        "Relation and sex do not fit each other.",
        _EITHER,
        Text("性別の誤りは、資格確認を止めます。", "A wrong sex stops the online check."),
        ("hold-path 6 被扶養者(異動)届", "form-formats 6.5"),
        (pl.col("relation_sex") != 0)
        & pl.col("sex_code").is_not_null()
        & (pl.col("relation_sex") != pl.col("sex_code")),
        bad=(
            Example({**_CHILD, "sex": "1"}, {**_REGISTRY, "sex": "1"}),
            Example({**_CHILD, "relationship": "父", "birth_date": "1950-01-01"}, _REGISTRY),
        ),
        good=(
            Example(_CHILD, _REGISTRY),
            Example({**_CHILD, "relationship": "子"}, _REGISTRY),
            Example({**_CHILD, "relationship": "孫"}, _REGISTRY),
        ),
        cannot_see=Text("性別を言わない続柄(子、孫など)。", "Words that say no sex."),
    ),
    _rule(
        "FA004",
        "relation-against-birth-dates",
        "relationship",
        "続柄と、被保険者との生年月日の前後が合いません。",
        "The relation does not fit the order of the two birth dates.",
        _EITHER,
        Text(
            "被保険者と被扶養者の欄を入れ違えた届書で起こります。",
            "It happens where the two persons were swapped on the form.",
        ),
        ("hold-path 6 被扶養者(異動)届", "民法793"),
        _DEPENDANT
        & (
            (pl.col("relation").is_in(YOUNGER) & (pl.col("birth") < pl.col("insured_birth")))
            | (pl.col("relation").is_in(OLDER) & (pl.col("birth") > pl.col("insured_birth")))
        ),
        bad=(
            Example({**_CHILD, "insured_birth_date": "2015-06-02"}, _REGISTRY),
            Example({**_CHILD, "relationship": "母"}, _REGISTRY),
            Example({**_CHILD, "relationship": "姉"}, _REGISTRY),
        ),
        good=(
            Example(_CHILD, _REGISTRY),
            Example({**_CHILD, "insured_birth_date": "2015-06-01"}, _REGISTRY),
            Example({**_CHILD, "relationship": "妹"}, _REGISTRY),
            Example({**_CHILD, "relationship": "義母"}, _REGISTRY),
            Example(
                {**_CHILD, "relationship": "母", "insured_birth_date": "2015-06-01"}, _REGISTRY
            ),
        ),
        cannot_see=Text(
            "被保険者の生年月日がない届書、義理の親族。",
            "Forms without the insured person's birth date, and in-laws.",
        ),
    ),
    _rule(
        "FA005",
        "branch-number-shared",
        "branch_number",
        "同じ記号・番号・枝番が、生年月日の違う人に付いています。",
        "One 枝番 stands for people of different birth dates.",
        Text("枝番を確かめてください。", "Check the 枝番."),
        Text("枝番は、一人に一つです。", "A 枝番 belongs to one person."),
        ("被保険者等記号・番号等(2桁の枝番)",),
        pl.col("branch_shared"),
        bad=(
            _family(
                {"branch_number": "01"},
                {
                    "branch_number": "01",
                    "my_number": _OTHER,
                    "name_kana": "ミホン　ツキコ",
                    "birth_date": "2018-01-02",
                },
            ),
        ),
        good=(
            _family(
                {"branch_number": "01"},
                {"branch_number": "02", "my_number": _OTHER, "birth_date": "2018-01-02"},
            ),
        ),
    ),
    _rule(
        "FA009",
        "dependant-of-two",
        "insured_name_kanji",
        "同じ人が、二人の被保険者の被扶養者として届け出られています。",
        "One person is reported as a dependant of two insured persons.",
        Text(
            "主に生計を維持している人を確かめてもらってください。",
            "Have it found out whose dependant it is.",
        ),
        Text("二人の被扶養者になることはできません。", "Nobody can be a dependant of two people."),
        ("健康保険法 第3条第7項",),
        pl.col("two_families"),
        bad=(
            _family(
                {},
                {
                    "insured_name_kanji": "見本　母子",
                    "insured_name_kana": "ミホン　ハハコ",
                    "insured_birth_date": "1987-01-05",
                    "insured_symbol": "102",
                    "insured_number": "77",
                },
            ),
        ),
        good=(_family({}, {}), _family({}, {"insured_birth_date": "S60.4.1"})),
    ),
    _rule(
        "FA010",
        "dependant-is-the-insured",
        "my_number",
        "被扶養者の欄に、被保険者本人が書かれています。",
        "The dependant is the insured person.",
        Text("被扶養者の欄を書き直してもらってください。", "Have the dependant's block corrected."),
        Text("本人は自分の被扶養者になれません。", "Nobody is one's own dependant."),
        ("被扶養者(異動)届 被扶養者欄",),
        _DEPENDANT
        & (
            ((pl.col("number") == pl.col("insured_id")) & ~pl.col("family_form"))
            | (pl.col("relation") == "self")
        ),
        bad=(
            Example({**_CHILD, "relationship": "本人"}, _REGISTRY),
            Example(
                {
                    **_CHILD,
                    "insured_my_number": "{same}",
                    "relationship": None,
                    **{
                        f"insured_{k}": _CHILD[k] for k in ("name_kanji", "name_kana", "birth_date")
                    },
                },
                _REGISTRY,
            ),
        ),
        good=(Example({**_CHILD, "insured_my_number": _OTHER}, _REGISTRY),),
        cannot_see=_NOTHING,
    ),
)
