"""The input sheet of a form as a workbook, made from the form's declaration.

Headers that `check` knows, 200 rows formatted as text, drop-downs, notes, and Excel's own checks
of what is typed. It holds no person's data, and an unfilled one is a table without a record.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from validator.forms.declarations import Form, FormField
from validator.forms.describe import NEED, allowed_values, shown_word
from validator.forms.template_marks import GUIDE_SHEET, INPUT_SHEET
from validator.forms.vocabulary import Vocabulary
from validator.output.template_checks import column_names, ok_name
from validator.output.template_guide import (
    FILLS,
    FONT,
    GRID,
    WHITE,
    add_guide,
)

ROWS = 200
_LAST = ROWS + 1
_STEADY = datetime(2026, 1, 1)  # noqa: DTZ001 (a workbook knows no time zone)
_WRONG = PatternFill("solid", bgColor="F8CBAD")
_MISSING = PatternFill("solid", bgColor="FFF2CC")
_WIDTHS = {"date": 18, "kanji": 20, "kana": 22, "digits": 18, "number": 14, "flag": 12, "code": 16}
_WIDE = {"address": 46, "remarks": 36, "circumstances": 36, "office_name": 26, "form": 24}
_PAGE_COLUMNS = 150
# A wrong My Number is never right; other values may be what was really filed.
_STOP = "stop"
_ERRORS = {
    "my_number": "12桁の数字で、検査用数字が合う番号ではありません。もう一度確認してください。",
    "corporate_number": "13桁の数字で、検査用数字が合う番号ではありません。",
    "insurer_number": "6桁か8桁の数字で、検証番号が合う番号ではありません。",
    "digits": "決められた桁数の数字ではありません。",
    "date": "日付として読めないか、暦にない日です。2026-04-01、令和8年4月1日 のように書きます。",
    "kana": "カタカナと空白のほかの文字があります。",
    "number": "0以上の数ではありません。",
    "list": "一覧にない値です。一覧から選ぶか、届書の説明を確認してください。",
    "text": "長すぎます。別の欄の内容が混ざっていないか確認してください。",
}


def build_template(form: Form, vocabulary: Vocabulary) -> bytes:
    """The workbook of ``form``: sheet 入力 with a column for each field, sheet 記入のしかた."""
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = INPUT_SHEET
    add_guide(book.create_sheet(GUIDE_SHEET), form, vocabulary)
    fields = list(form.field)
    for position, field in enumerate(fields, start=1):
        _header(sheet, position, field, vocabulary.japanese_name(field.column))
        _column(sheet, position, field, form)
        for name, formula in column_names(field, _cell(position)).items():
            book.defined_names[name] = DefinedName(name, attr_text=formula)
        _validate(sheet, position, field, form)
    _highlight(sheet, fields)
    _layout(sheet, form, fields)
    book.properties.creator = "shikaku-validator"
    book.properties.title = form.ja[0]
    book.properties.created = book.properties.modified = _STEADY
    return _saved(book, f"A2:{get_column_letter(len(fields))}{_LAST}")


def _cell(position: int) -> str:
    return f"{INPUT_SHEET}!${get_column_letter(position)}1"


def _header(sheet: Worksheet, position: int, field: FormField, header: str) -> None:
    cell = sheet.cell(1, position, header)
    cell.font, cell.fill, cell.border = WHITE, FILLS[field.required], GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.number_format = "@"
    need = NEED[field.required].ja
    if field.condition is not None:
        need += f"({field.condition.ja})"
    lines = [f"【{need}】{header}", field.note.ja, f"書ける値: {allowed_values(field, 'ja')}"]
    if field.example:
        lines.append(f"例: {field.example}")
    lines.append(f"根拠: {'、'.join(field.source)}")
    text = "\n".join(lines)
    note = Comment(text, "shikaku-validator")
    note.width, note.height = 340, 30 + 20 * sum(1 + len(line) // 24 for line in lines)
    cell.comment = note


def _width(text: str) -> int:
    return sum(1 if ch.isascii() else 2 for ch in text)


def _column(sheet: Worksheet, position: int, field: FormField, form: Form) -> None:
    letter = get_column_letter(position)
    dimension = sheet.column_dimensions[letter]
    header = str(sheet.cell(1, position).value)
    wide = _width(header)
    # Headers of more than twelve characters stand in two lines.
    needed = wide + 4 if wide <= 24 else wide // 2 + 6
    offered = max(map(_width, drop_down(field, form)), default=0) + 5
    dimension.width = max(needed, offered, _WIDE.get(field.column) or _WIDTHS.get(field.type, 18))
    # The whole column is text, so a row that somebody adds below is text as well.
    dimension.number_format = "@"
    dimension.font = Font(name=FONT, size=11)
    dimension.alignment = Alignment(vertical="center")


def _validate(sheet: Worksheet, position: int, field: FormField, form: Form) -> None:
    letter = get_column_letter(position)
    rule, kind = _rule(field, form)
    rule.errorTitle = "入力の確認"
    rule.error = _ERRORS[kind]
    rule.errorStyle = _STOP if kind == "my_number" else "warning"
    rule.showErrorMessage = True
    rule.allow_blank = True
    if field.type in ("date", "digits"):
        rule.promptTitle = str(sheet.cell(1, position).value)[:32]
        rule.prompt = field.note.ja[:250]
        rule.showInputMessage = True
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{_LAST}")


def _rule(field: FormField, form: Form) -> tuple[DataValidation, str]:
    words = drop_down(field, form)
    if words:
        return DataValidation(type="list", formula1='"' + ",".join(words) + '"'), "list"
    if column_names(field, "A1"):
        kind = field.check_digit or field.type
        return DataValidation(type="custom", formula1=ok_name(field.column)), kind
    length = DataValidation(type="textLength", operator="lessThanOrEqual")
    length.formula1 = str(field.max_chars)
    return length, "text"


def drop_down(field: FormField, form: Form) -> tuple[str, ...]:
    """The words a list offers, all of which `check` reads; none for a field without a list."""
    if field.column == "form":
        return (form.ja[0],)
    if field.type == "flag":
        return ("要", "否") if field.example in ("要", "否") else ("有", "無")
    # A code of which nobody knows the meaning is read, but not offered.
    return tuple(shown_word(v) for v in field.codes if v.words or not v.code.isascii())


def _highlight(sheet: Worksheet, fields: list[FormField]) -> None:
    last = get_column_letter(len(fields))
    for position, field in enumerate(fields, start=1):
        letter = get_column_letter(position)
        area = f"{letter}2:{letter}{_LAST}"
        if column_names(field, "A1"):
            wrong = f'AND(${letter}2<>"",NOT({ok_name(field.column)}))'
            sheet.conditional_formatting.add(
                area, FormulaRule(formula=[wrong], fill=_WRONG, border=GRID)
            )
        if field.required == "yes":
            begun = f'AND(COUNTA($A2:${last}2)>0,TRIM(${letter}2)="")'
            sheet.conditional_formatting.add(
                area, FormulaRule(formula=[begun], fill=_MISSING, border=GRID)
            )
    # Lines only around rows in use: nothing else is printed.
    used = FormulaRule(formula=[f"COUNTA($A2:${last}2)>0"], border=GRID)
    sheet.conditional_formatting.add(f"A2:{last}{_LAST}", used)


def _layout(sheet: Worksheet, form: Form, fields: list[FormField]) -> None:
    sheet.row_dimensions[1].height = 40
    for row in range(2, _LAST + 1):
        sheet.row_dimensions[row].height = 21
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    total = sum(sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(len(fields)))
    sheet.page_setup.fitToWidth = max(1, round(total / _PAGE_COLUMNS))
    sheet.page_setup.fitToHeight = 0
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddHeader.left.text = form.ja[0]
    sheet.oddHeader.right.text = "濃い青=必須 / 茶=条件付き / 灰=任意"
    sheet.oddFooter.center.text = "&P / &N"


def _saved(book: Workbook, area: str) -> bytes:
    """The same bytes for the same form: no clock in the archive.

    Excel is told that digits as text are meant in ``area``, so it draws no green corners.
    """
    meant = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    made, steady = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _without_time(part)
            elif name == "xl/worksheets/sheet1.xml":
                # In front of the notes: the order of the parts of a sheet is fixed.
                part = part.replace(b"<legacyDrawing", meant.encode() + b"<legacyDrawing", 1)
            new.writestr(zipfile.ZipInfo(name), part, compress_type=zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def _without_time(part: bytes) -> bytes:
    head, mark, rest = part.partition(b"<dcterms:modified")
    _, end, tail = rest.partition(b"</dcterms:modified>")
    return head + tail if mark and end else part
