"""Live cell checks of an input sheet, as formulas that Excel and LibreOffice both know.

Each checked column gets two names of the workbook: ``text_{column}``, the value of the row's cell
without what people put between digits, and ``ok_{column}``, true where `check` would read it.
Both refer to the row they are used in, so cell rules stay short, and constant lists, which a
cell rule may not hold, stand in the names.
"""

from __future__ import annotations

from validator.forms.declarations import FormField

LONGEST_KANA = 60
_KANA = (
    "".join(chr(code) for code in range(0x30A1, 0x30FF))  # ァ to ヾ with ・ and ー
    + "".join(chr(code) for code in range(0xFF65, 0xFFA0))  # half width
    + " 　"
)
_DATE = "0123456789/: MTSHRmtshr明治大正昭和平成令元〇零一二三四五六七八九十"
_BETWEEN_DIGITS = (" ", "　", "-", "－", "ー", "‐", "−")
_BETWEEN_DATE = ((".", "/"), ("-", "/"), ("年", "/"), ("月", "/"), ("日", ""), ("　", " "))


def column_names(field: FormField, cell: str) -> dict[str, str]:
    """Names of the workbook for a field: name → formula; none where nothing is checked.

    ``cell``: the field's cell in row 1, absolute in its column (入力!$E1).
    """
    made = _formulas(field, cell)
    if made is None:
        return {}
    text, check = made
    return {
        text_name(field.column): text,
        ok_name(field.column): f"IFERROR({check},FALSE)",
    }


def text_name(column: str) -> str:
    """Name of the value without separators."""
    return f"text_{column}"


def ok_name(column: str) -> str:
    """Name of the check of a column."""
    return f"ok_{column}"


def _formulas(field: FormField, cell: str) -> tuple[str, str] | None:
    text = text_name(field.column)
    if field.type == "digits":
        return _replaced(f"ASC({cell})", dict.fromkeys(_BETWEEN_DIGITS, "")), _digits(field, text)
    if field.type == "date":
        return _date_text(cell), _date(text)
    if field.type == "kana":
        return cell, _only(text, LONGEST_KANA, _KANA)
    if field.type == "number":
        plain = _replaced(f"ASC({cell})", {",": "", "円": "", "枚": "", " ": ""})
        return plain, f"VALUE({text})>=0"
    return None


def _digits(field: FormField, text: str) -> str:
    lengths = "OR(" + ",".join(f"LEN({text})={n}" for n in field.lengths) + ")"
    if field.check_digit == "my_number":
        weighted = _weighted(text, range(1, 12), (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
        # Placeholders with a fitting check digit: one digit throughout, 1 to 9 in a row.
        real = f'SUBSTITUTE({text},LEFT({text},1),"")<>"",LEFT({text},11)<>"12345678901"'
        fits = f"MOD(MOD(-{weighted},11),10)=VALUE(RIGHT({text},1))"
        return f"AND({lengths},{real},{fits})"
    if field.check_digit == "corporate_number":
        weighted = _weighted(text, range(2, 14), (2, 1) * 6)
        return f"AND({lengths},9-MOD({weighted},9)=VALUE(LEFT({text},1)))"
    if field.check_digit == "insurer_number":
        product = (
            f'MID(RIGHT("00"&{text},8),{_array(range(1, 8))},1)*{_array((2, 1, 2, 1, 2, 1, 2))}'
        )
        total = f"SUMPRODUCT({product}-9*({product}>9))"
        return f"AND({lengths},MOD(-{total},10)=VALUE(RIGHT({text},1)))"
    return f"AND({lengths},{_only(text, max(field.lengths), '0123456789')})"


def _only(text: str, longest: int, known: str) -> str:
    """True where ``text`` has at most ``longest`` characters, all of them in ``known``."""
    # Filled up with a known character: an empty string is found by Excel, not by LibreOffice.
    filled = f'{text}&REPT("{known[0]}",{longest})'
    found = f'ISNUMBER(FIND(MID({filled},{_array(range(1, longest + 1))},1),"{known}"))'
    return f"AND(LEN({text})<={longest},SUMPRODUCT(--{found})={longest})"


def _weighted(text: str, places: range, weights: tuple[int, ...]) -> str:
    return f"SUMPRODUCT(MID({text},{_array(places)},1)*{_array(weights)})"


def _date_text(cell: str) -> str:
    plain = _replaced(f"ASC({cell})", dict(_BETWEEN_DATE))
    compact = f'AND(LEN({plain})=8,ISERROR(FIND("/",{plain})),ISNUMBER(VALUE({plain})))'
    split = f'LEFT({plain},4)&"/"&MID({plain},5,2)&"/"&RIGHT({plain},2)'
    return f"IF({compact},{split},{plain})"


def _date(text: str) -> str:
    # A Gregorian day is computed, as DATEVALUE reads other notations in other countries; years of
    # an era and codes of electronic media are only looked at for their characters.
    rest = f"MID({text},6,20)"
    month = f'VALUE(LEFT({rest},FIND("/",{rest})-1))'
    day = f'VALUE(MID({rest},FIND("/",{rest})+1,2))'
    made = f"DATE(VALUE(LEFT({text},4)),{month},{day})"
    gregorian = f'AND(MID({text},5,1)="/",ISNUMBER(VALUE(LEFT({text},4))))'
    real = f"AND(MONTH({made})={month},DAY({made})={day})"
    digits_only = f'AND(ISERROR(FIND("/",{text})),ISNUMBER(VALUE({text})))'
    written = f"AND(LEN({text})>=5,{_only(text, 30, _DATE)})"
    return f"IF({gregorian},{real},IF({digits_only},LEN({text})=7,{written}))"


def _replaced(text: str, replacements: dict[str, str]) -> str:
    for old, new in replacements.items():
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _array(values: range | tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, values)) + "}"
