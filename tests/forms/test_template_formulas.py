"""The live cell checks, computed by LibreOffice, against what `check` reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from clean_record import number, wrong_number

from validator.fields.birth_date import parse_date
from validator.forms.load import default_forms
from validator.output.template import build_template

from .workbook_formulas import OFFICE, verdicts

OWN = number(27182818284)
WIDE = {ord(str(d)): 0xFF10 + d for d in range(10)}
NUMBERS = [
    (OWN, True), (f"{OWN[:4]} {OWN[4:8]}-{OWN[8:]}", True), (OWN.translate(WIDE), True),
    (number(10_000_000_000), True), (number(98_765_432_100), True), (wrong_number(27182818284), False),
    (OWN[:11], False), (OWN + "1", False), ("0" * 12, False), ("12345678901" + "8", False),
    ("あ" * 12, False), ("1.23457E+11", False),
]  # fmt: skip
DATES_READ = [
    "1985-04-01", "1985/4/1", "1985.4.1", "19850401", "1985年4月1日", "１９８５－０４－０１",
    "昭和60年4月1日", "昭和六十年四月一日", "令和元年5月1日", "S60.4.1", "S600401", "5600401", "2024/2/29",
]  # fmt: skip
DATES_NOT_READ = [
    "1985-02-30", "2026/2/29", "19850230", "きのう", "46000", "600401", "1985", "1985-13-01",
]  # fmt: skip
OTHERS = [
    ("法人番号", "7000012050002", True), ("法人番号", "7000-0120-50002", True),
    ("法人番号", "7000012050003", False), ("法人番号", "700001205000", False),
    ("保険者番号", "06130009", True), ("保険者番号", "130005", True), ("保険者番号", "06130008", False),
    ("保険者番号", "130006", False), ("保険者番号", "0613000", False),
    ("基礎年金番号", "1234-567890", True), ("基礎年金番号", "1234-56789", False),
    ("郵便番号", "135-0061", True), ("郵便番号", "135006", False), ("郵便番号", "abcdefg", False),
    ("枝番", "00", True), ("枝番", "1", False),
    ("氏名（カナ）", "ミホン　タロウ", True), ("氏名（カナ）", "ﾐﾎﾝ ﾀﾛｳ", True), ("氏名（カナ）", "ヴィー・ー", True),
    ("氏名（カナ）", "見本太郎", False), ("氏名（カナ）", "Mihon", False),
    ("報酬月額(通貨)", "300,000円", True), ("報酬月額(通貨)", "０", True),
    ("報酬月額(通貨)", "-5", False), ("報酬月額(通貨)", "多い", False),
]  # fmt: skip


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_the_cell_checks_say_what_check_says(tmp_path: Path) -> None:
    cases = [("個人番号", value, fits) for value, fits in NUMBERS]
    cases += [("生年月日", value, True) for value in DATES_READ]
    cases += [("生年月日", value, False) for value in DATES_NOT_READ]
    cases += OTHERS
    forms = default_forms()
    template = build_template(forms.form("shikaku_shutoku"), forms.vocabulary)
    said = verdicts(template, [(header, value) for header, value, _ in cases], tmp_path)
    wrong = [position for position, (_, _, fits) in enumerate(cases) if said[position] is not fits]
    assert wrong == []


def test_the_dates_of_this_table_are_those_that_check_reads() -> None:
    assert [d for d in DATES_READ if parse_date(d).day is None] == []
    assert [d for d in DATES_NOT_READ if parse_date(d).day is not None] == []
