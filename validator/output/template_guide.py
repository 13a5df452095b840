"""The second sheet of an input workbook: each field, whether it is needed, what it takes."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from validator.forms.declarations import Form
from validator.forms.describe import NEED, allowed_values
from validator.forms.template_marks import INPUT_SHEET, guide_title
from validator.forms.vocabulary import Vocabulary

FONT = "Yu Gothic"
FILLS = {
    "yes": PatternFill("solid", fgColor="1F4E79"),
    "conditional": PatternFill("solid", fgColor="BF8F00"),
    "no": PatternFill("solid", fgColor="7F7F7F"),
}
WHITE = Font(name=FONT, size=11, bold=True, color="FFFFFF")
_THIN = Side(style="thin", color="BFBFBF")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_HEADS = ("見出し", "必須", "書ける値", "説明", "例", "根拠")
_WIDTHS = (28, 24, 34, 52, 24, 34)


def add_guide(sheet: Worksheet, form: Form, vocabulary: Vocabulary) -> None:
    """Fill ``sheet``; its first row holds the title alone, by which `check` leaves it out."""
    last = len(_HEADS)
    sheet.append([guide_title(form.name, form.ja[0])])
    for line in (
        form.purpose.ja,
        form.route.ja,
        f"「{INPUT_SHEET}」シートの1行が1件です。見出し(1行目)は変えないでください。",
        "列の順番の変更、使わない任意の列の削除、行の追加はできます。",
        "「届書種別」の列には、書いた行のすべてで届書の名前を選んでください。",
    ):
        sheet.append([line])
    for need, words in (
        ("yes", "必須の欄です。"),
        ("conditional", "条件に当てはまるときに必要な欄です。"),
        ("no", "任意の欄です。分からなければ空欄にします。"),
    ):
        sheet.append([NEED[need].ja, words])
        mark = sheet.cell(sheet.max_row, 1)
        mark.fill, mark.font = FILLS[need], WHITE
        mark.alignment = Alignment(horizontal="center")
    sheet.append(["赤いセル", "書き方が正しくない値です(貼り付けた値も調べます)。"])
    sheet.cell(sheet.max_row, 1).fill = PatternFill("solid", fgColor="F8CBAD")
    sheet.append(["黄色いセル", "書き始めた行の、まだ空欄の必須の欄です。"])
    sheet.cell(sheet.max_row, 1).fill = PatternFill("solid", fgColor="FFF2CC")
    for row in range(1, 7):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        sheet.cell(row, 1).alignment = Alignment(vertical="center")
        sheet.cell(row, 1).font = Font(name=FONT, size=16 if row == 1 else 11, bold=row == 1)
    for row in range(2, sheet.max_row + 1):
        sheet.row_dimensions[row].height = 20
    for row in range(7, sheet.max_row + 1):
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
        sheet.cell(row, 2).font = Font(name=FONT, size=11)
    sheet.row_dimensions[1].height = 28
    _table(sheet, form, vocabulary)
    for position, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEF"[position]].width = width


def _table(sheet: Worksheet, form: Form, vocabulary: Vocabulary) -> None:
    sheet.append([])
    sheet.append(list(_HEADS))
    head = sheet.max_row
    for cell in sheet[head]:
        cell.font, cell.fill, cell.border = WHITE, FILLS["yes"], GRID
        cell.alignment = Alignment(horizontal="center", vertical="center")
    for field in form.field:
        need = NEED[field.required].ja
        if field.condition is not None:
            need += f"\n({field.condition.ja})"
        sheet.append(
            [
                vocabulary.japanese_name(field.column),
                need,
                allowed_values(field, "ja"),
                field.note.ja,
                field.example,
                "、".join(field.source),
            ]
        )
        for cell in sheet[sheet.max_row]:
            cell.font = Font(name=FONT, size=10)
            cell.alignment, cell.border, cell.number_format = _TOP, GRID, "@"
        lines = max(
            _lines(str(cell.value or ""), _WIDTHS[n]) for n, cell in enumerate(sheet[sheet.max_row])
        )
        sheet.row_dimensions[sheet.max_row].height = 15 * lines + 5
    sheet.freeze_panes = sheet.cell(head + 1, 2)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def _lines(text: str, width: int) -> int:
    """Lines that ``text`` takes in a column of ``width``; a full-width character takes two."""
    wide = [sum(1 if ch.isascii() else 2 for ch in line) for line in text.split("\n")]
    return sum(max(1, -(-line // width)) for line in wide)
