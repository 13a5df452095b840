"""個人番号: notation, shape, check digit."""

from validator.fields.my_number.check_digit import check_digit, check_digit_fits
from validator.fields.my_number.notation import NumberState, number_columns

__all__ = ["NumberState", "check_digit", "check_digit_fits", "number_columns"]
