"""One value of a table, written as it is read; None where it stays as it is.

Every function gives its own result back unchanged: fixing twice is fixing once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

import jaconv

from validator.fields.birth_date import DateState, parse_date
from validator.fields.my_number.notation import SEPARATORS
from validator.fields.sex import read_sex
from validator.fields.text import HYPHENS, INVISIBLE, SPACES
from validator.forms.words import read_change_type, read_flag

Fix = Callable[[str], str | None]


class FixRule(StrEnum):
    """What a fix does, as the audit trail names it."""

    NUMBER = "number_notation"  # width, spaces and hyphens of a My Number
    DATE = "date_notation"
    SEX = "sex_code"
    FLAG = "flag_code"
    CHANGE = "change_code"
    POSTAL = "postal_notation"
    DIGITS = "digit_width"
    KANA = "kana_width"
    WIDTH = "item_width"  # electronic media: the width that the layout asks for
    SPACES = "outer_spaces"


_SEPARATORS = re.compile(SEPARATORS)
_ENDS = re.compile(f"^(?:{SPACES}|{INVISIBLE})+|(?:{SPACES}|{INVISIBLE})+$")
_HYPHEN = re.compile(f"[{HYPHENS[1:]}\u30fc\uff70\\-]")
_HALF_KANA = re.compile("[\uff66-\uff9f]")
# A voiced mark that belongs to no kana before it, and ｰ behind a digit, have two readings.
_UNSURE = re.compile(
    "(?:^|[^\uff73\uff76-\uff84\uff8a-\uff8e])[\uff9e]|(?:^|[^\uff8a-\uff8e])[\uff9f]"
    "|(?:^|[^ァ-ヺぁ-ゖー\uff66-\uff9f])\uff70"
)
_POSTAL = re.compile(r"〒?\s*([0-9]{3})-?([0-9]{4})")
_CHANGE = {"addition": "1", "removal": "2", "change": "3"}
_LONGEST = 1_000


def trimmed(value: str) -> str | None:
    """Without spaces and invisible characters at its ends; a value of nothing else stays."""
    bare = _ENDS.sub("", value)
    return bare if bare and bare != value else None


def number(value: str) -> str | None:
    """A My Number as twelve digits; whether its check digit fits is no question of notation."""
    folded = _SEPARATORS.sub("", _narrow_digits(value))
    return folded if re.fullmatch(r"[0-9]{12}", folded) and folded != value else None


def date(value: str) -> str | None:
    """A date that is read with certainty, as year-month-day."""
    read = parse_date(value)
    if read.state != DateState.NOTATION or read.day is None:
        return None
    return read.day.isoformat()


def sex(value: str) -> str | None:
    """1 or 2 for a word or a code of another width."""
    code = str(read_sex(value, media=False))
    return code if code in ("1", "2") and code != value else None


def flag(value: str) -> str | None:
    """1 for yes, 0 for no."""
    code = {"yes": "1", "no": "0"}.get(read_flag(value) or "")
    return code if code is not None and code != value else None


def change(value: str) -> str | None:
    """1, 2 or 3 for 該当, 非該当, 変更."""
    code = _CHANGE.get(read_change_type(value) or "")
    return code if code is not None and code != value else None


def postal(value: str) -> str | None:
    """A postal code in ASCII, with its hyphen if it has one."""
    folded = _HYPHEN.sub("-", _narrow_digits(_ENDS.sub("", value)))
    found = _POSTAL.fullmatch(folded)
    if found is None:
        return None
    plain = f"{found[1]}{'-' if '-' in folded else ''}{found[2]}"
    return plain if plain != value else None


def digits(value: str) -> str | None:
    """Full-width digits and look-alike hyphens of a number that holds nothing else."""
    folded = _HYPHEN.sub("-", _narrow_digits(_ENDS.sub("", value)))
    return folded if re.fullmatch(r"[0-9]+(?:-[0-9]+)*", folded) and folded != value else None


def kana(value: str) -> str | None:
    """Half-width kana in full width, voiced marks joined to their kana; spaces inside stay."""
    if len(value) > _LONGEST:
        return None
    wide = value
    if _HALF_KANA.search(value) and not _UNSURE.search(value):
        wide = re.sub("[\uff66-\uff9f]+", lambda run: jaconv.h2z(run[0], kana=True), value)
    joined = re.sub(".[\u3099\u309a]", lambda pair: unicodedata.normalize("NFC", pair[0]), wide)
    return joined if joined != value else None


def _narrow_digits(text: str) -> str:
    return re.sub("[０-９]", lambda one: chr(ord(one[0]) - 0xFEE0), text)
