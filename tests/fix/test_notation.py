"""Single values: what is fixed, how it then reads, and what stays."""

from __future__ import annotations

import pytest
from clean_record import number, wrong_number
from hypothesis import given
from hypothesis import strategies as st

from validator.fields.birth_date import parse_date
from validator.fields.sex import read_sex
from validator.fix import notation
from validator.fix.columns import fixes_of

N = number(27182818284)
WIDE = N.translate({ord(str(d)): 0xFF10 + d for d in range(10)})
WRONG = wrong_number(27182818284)

CASES = [
    (notation.number, f"{N[:4]}-{N[4:8]}-{N[8:]}", N),
    (notation.number, f"{WIDE[:4]}　{WIDE[4:8]}－{WIDE[8:]} ", N),
    (notation.number, WRONG.translate({ord("1"): "１"}) + " ", WRONG),
    (notation.number, N, None),
    (notation.number, N[:11] + " ", None),
    (notation.number, "1.23457E+11", None),
    (notation.number, N.replace("2", "②"), None),
    (notation.date, "昭和60年4月1日", "1985-04-01"),
    (notation.date, "S60.4.1", "1985-04-01"),
    (notation.date, "５－６００４０１", "1985-04-01"),
    (notation.date, "19850401", "1985-04-01"),
    (notation.date, "1985/4/1 00:00:00", "1985-04-01"),
    (notation.date, "令和元年五月一日", "2019-05-01"),
    (notation.date, "1985-04-01", None),
    (notation.date, "昭和65年4月1日", None),
    (notation.date, "60.4.1", None),
    (notation.date, "31138", None),
    (notation.date, "1985-02-30", None),
    (notation.sex, "男", "1"),
    (notation.sex, "Ｆ", "2"),
    (notation.sex, " ２ ", "2"),
    (notation.sex, "1", None),
    (notation.sex, "3", None),
    (notation.sex, "不明", None),
    (notation.flag, "有", "1"),
    (notation.flag, "○", "1"),
    (notation.flag, "否", "0"),
    (notation.flag, "0", None),
    (notation.flag, "未定", None),
    (notation.change, "該当", "1"),
    (notation.change, "非該当", "2"),
    (notation.change, "９", None),
    (notation.postal, "〒１３５－００６１", "135-0061"),
    (notation.postal, "135−0061", "135-0061"),
    (notation.postal, "１３５００６１", "1350061"),
    (notation.postal, "135-0061", None),
    (notation.postal, "135-006", None),
    (notation.digits, "７０００－０１２", "7000-012"),
    (notation.digits, "Ｔ１２３", None),
    (notation.kana, "ﾐﾎﾝ ﾀﾞｲｽｹ", "ミホン ダイスケ"),
    (notation.kana, "ミホン　ﾊﾟｰﾙ", "ミホン　パール"),
    (notation.kana, "ハ\u309aール", "パール"),
    (notation.kana, "ｱﾞｲ", None),
    (notation.kana, "豊洲2ｰ3", None),
    (notation.kana, "ミホン　タロウ", None),
    (notation.trimmed, "　見本 太郎\u200b", "見本 太郎"),
    (notation.trimmed, " ", None),
    (notation.trimmed, "見本　太郎", None),
]


@pytest.mark.parametrize(("fix", "before", "after"), CASES)
def test_cases(fix: notation.Fix, before: str, after: str | None) -> None:
    assert fix(before) == after
    if after is not None:
        assert fix(after) is None


VALUES = st.one_of(
    st.text(max_size=24),
    st.text("0123456789０１９ -－ー‐.年月日/昭和平成令元SHR５", max_size=16),
    st.text("ｱｶﾊｳﾞﾟｰアカハウ゛゜ー゙゚ 　-", max_size=10),
    st.sampled_from([case[1] for case in CASES]).map(lambda v: f" {v}　"),
)


@given(
    st.sampled_from(
        [
            "my_number",
            "birth_date",
            "sex",
            "certificate_needed",
            "change_type",
            "postal_code",
            "name_kana",
            "name_kanji",
            "address",
            "phone",
            "remarks",
        ]
    ),
    VALUES,
)
def test_fixing_twice_is_fixing_once(column: str, value: str) -> None:
    def fixed(text: str) -> str:
        for _, fix in fixes_of(column):
            text = fix(text) or text
        return text

    once = fixed(value)
    assert fixed(once) == once


@given(VALUES)
def test_the_reading_stays(value: str) -> None:
    day = notation.date(value)
    if day is not None:
        assert parse_date(day).day == parse_date(value).day is not None
    code = notation.sex(value)
    if code is not None:
        assert read_sex(code, media=False) == read_sex(value, media=False) in (1, 2)
