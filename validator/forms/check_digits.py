"""Check digits of the numbers on forms, for values that are digits already.

Sources: 法人番号の指定等に関する省令 第2条 (法人番号); 保険者番号等の設定について 別添 (検証番号).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from validator.fields.my_number.check_digit import check_digit
from validator.fields.text import HYPHENS

_SEPARATORS = str.maketrans(dict.fromkeys(f"{HYPHENS}ー 　()", ""))


def plain_digits(value: str) -> str:
    """``value`` in half width without spaces, hyphens and brackets; anything else stays."""
    folded = unicodedata.normalize("NFKC", value.replace("ー", "-"))
    return "".join(ch for ch in folded.translate(_SEPARATORS) if not ch.isspace())


def fits_my_number(digits: str) -> bool:
    """Twelve digits with the check digit of `validator.fields.my_number`."""
    if len(digits) != 12:
        return False
    return int(digits[11]) == check_digit(digits[:11])


def fits_corporate_number(digits: str) -> bool:
    """13 digits whose first is 9 − (Σ Pn·Qn mod 9).

    Qn is 1 at odd places from the right, 2 at even ones.
    """
    if len(digits) != 13:
        return False
    total = sum(int(d) * (1 if n % 2 else 2) for n, d in enumerate(reversed(digits[1:]), start=1))
    return int(digits[0]) == 9 - total % 9


def fits_insurer_number(digits: str) -> bool:
    """6 or 8 digits whose last completes the sum of the digits of Pn·Qn to a multiple of ten.

    Qn is 2, 1, 2 … from the digit before the check digit leftwards.
    """
    if len(digits) not in (6, 8):
        return False
    products = (int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(reversed(digits[:-1])))
    total = sum(product // 10 + product % 10 for product in products)
    return int(digits[-1]) == -total % 10


FITS: Mapping[str, Callable[[str], bool]] = {
    "my_number": fits_my_number,
    "corporate_number": fits_corporate_number,
    "insurer_number": fits_insurer_number,
}
