"""Which fixes each column of a table gets."""

from __future__ import annotations

from validator.fields.form_facts import FLAG_COLUMNS
from validator.fields.prepare import DATE_COLUMNS
from validator.fix.notation import (
    Fix,
    FixRule,
    change,
    date,
    digits,
    flag,
    kana,
    number,
    postal,
    sex,
    trimmed,
)

NUMBER_COLUMNS = frozenset({"my_number", "insured_my_number"})
_KANA_COLUMNS = (
    "name_kana", "old_name_kana", "insured_name_kana", "name_kanji", "old_name_kanji",
    "insured_name_kanji", "office_name", "address",
)  # fmt: skip
_DIGIT_COLUMNS = ("corporate_number", "insurer_number", "pension_number", "phone")

_OWN: dict[str, tuple[FixRule, Fix]] = {
    **dict.fromkeys(NUMBER_COLUMNS, (FixRule.NUMBER, number)),
    **dict.fromkeys(DATE_COLUMNS, (FixRule.DATE, date)),
    **dict.fromkeys(FLAG_COLUMNS, (FixRule.FLAG, flag)),
    **dict.fromkeys(_KANA_COLUMNS, (FixRule.KANA, kana)),
    **dict.fromkeys(_DIGIT_COLUMNS, (FixRule.DIGITS, digits)),
    "sex": (FixRule.SEX, sex),
    "change_type": (FixRule.CHANGE, change),
    "postal_code": (FixRule.POSTAL, postal),
}


def fixes_of(column: str) -> list[tuple[FixRule, Fix]]:
    """The fixes of a canonical column, in the order in which they are made."""
    own = _OWN.get(column)
    return [*([own] if own else []), (FixRule.SPACES, trimmed)]
