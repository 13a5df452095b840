"""What may be said of where a record comes from: only what cannot be a value of a person.

A column that has slipped puts a name or a birth date where the code of an employer belongs.
"""

from __future__ import annotations

import re

from validator.fields.birth_date import parse_date
from validator.privacy.visible import visible
from validator.rules.model import Text

NO_OFFICE = Text("事業所番号なし", "no office code")
ODD_OFFICE = Text("事業所番号でない値", "not an office code")
# 1234, AB12, 21-ｱﾅ (郡市区符号-事業所記号); at least one digit, kana only behind a hyphen.
_OFFICE = re.compile(r"(?=.*\d)[0-9A-Za-z]{1,12}(?:[-－][0-9A-Za-zｦ-ﾟァ-ヶー]{1,10})?")
_LONGEST_NAME = 120


def office_word(code: str | None) -> Text:
    """An employer's code as it may be shown."""
    if code is None or not code.strip():
        return NO_OFFICE
    if not _OFFICE.fullmatch(code) or parse_date(code).day is not None:
        return ODD_OFFICE
    return Text(code, code)


def file_word(name: str) -> str:
    """The name of a submitted file without anything that cannot be seen, shortened."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST_NAME else shown[: _LONGEST_NAME - 1] + "…"
