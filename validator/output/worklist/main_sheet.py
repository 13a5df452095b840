"""The sheet 「作業一覧」: what a clerk works through, and fills in."""

from __future__ import annotations

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from validator.ledger.decisions import Decision
from validator.match.levels import ITEMS
from validator.output.worklist.columns import (
    CLERK,
    COLUMNS,
    DECIDED_ON,
    DECISION,
    DUE_WORDS,
    HEADERS,
    ITEM_HEADERS,
    PRINTED_TO,
    REASON,
    RECORD_ID,
    SHEET,
    Kind,
)
from validator.output.worklist.fast_rows import MARKED_SAMPLE, SAMPLE, Cells, Rows
from validator.output.worklist.layout import LINE_HEIGHT, as_number, page
from validator.output.worklist.styles import (
    DONE,
    INPUT_FILL,
    LATE,
    LINE,
    RETURNED,
    SOON,
    Styles,
)

REASONS_NAME = "理由の一覧"
# Rows that a clerk may still fill in below an empty list.
_FEWEST_ROWS = 20
_HEADER_HEIGHT = 44
_LETTER = {header: xl_col_to_name(place) for place, header in enumerate(HEADERS)}
_PROTECTION = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
_WORDS = {
    "ja": {
        "nothing": "保留・返戻の記録はありません。この表ですることはありません。",
        "more": "ほかに {n}件あります。この表には、急ぐものから {most}件までを載せています。"
        "残りは records.parquet にあります。",
        "decision": "一覧から選びます。\n本人確認済: 同じ人と確認した(理由・担当者・決定日が必要)\n"
        "訂正済: 事業所が届書を直した\n返戻: 事業所へ返した\n照会中: 事業所や本人に尋ねている",
        "reason": "一覧から選ぶか、自由に書きます。個人番号は書かないでください。",
        "clerk": "判定した人の名前です。",
        "day": "判定した日です。2026-11-30、2026/11/30、令和8年11月30日 のどれでもかまいません。",
        "wrong": "本人確認済・訂正済・返戻・照会中 のどれかを選んでください。",
    },
    "en": {
        "nothing": "No record is held or returned: nothing to do in this list.",
        "more": "{n} more records are not shown: the list holds the {most} most urgent ones."
        " The rest is in records.parquet.",
        "decision": "Choose one.\n本人確認済: confirmed to be the same person (with reason, clerk,"
        " day)\n訂正済: corrected\n返戻: returned\n照会中: employer or person asked",
        "reason": "Choose a reason or write one. No My Number, please.",
        "clerk": "Who has decided.",
        "day": "The day of the decision, such as 2026-11-30.",
        "wrong": "Choose 本人確認済, 訂正済, 返戻 or 照会中.",
    },
}


def add_main_sheet(
    book: Workbook, styles: Styles, rows: pl.DataFrame, *, left_out: int, lang: str
) -> Rows | None:
    """Prepare the sheet for ``rows`` (`rows.worklist_rows`); ``left_out``: records beyond them.

    Returns what `fast_rows.with_rows` has to fill in.
    """
    words = _WORDS[lang]
    sheet = book.add_worksheet(SHEET)
    sheet.set_row_pixels(0, _HEADER_HEIGHT)
    formats = {
        Kind.TEXT: styles.text, Kind.SIDES: styles.text, Kind.COUNT: styles.count,
        Kind.SHARE: styles.share(lang), Kind.DATE: styles.day, Kind.HIDDEN: styles.text,
        Kind.INPUT: styles.entry,
    }  # fmt: skip
    for place, column in enumerate(COLUMNS):
        own = styles.entry_day if column.header == DECIDED_ON else formats[column.kind]
        hidden = {"hidden": True} if column.kind is Kind.HIDDEN else {}
        sheet.set_column(place, place, column.width, own, hidden)
        head = styles.input_head if column.kind is Kind.INPUT else styles.head
        sheet.write_string(0, place, column.header, head)
        if rows.height:
            sheet.write_blank(SAMPLE, place, None, own)
            if column.kind is Kind.SIDES:
                sheet.write_blank(MARKED_SAMPLE, place, None, styles.marked)
    last = max(rows.height, _FEWEST_ROWS)
    if not rows.height:
        sheet.write_string(1, 3, words["nothing"], styles.made(bold=True))
    elif left_out:
        more = words["more"].format(n=f"{left_out:,}", most=f"{rows.height:,}")
        sheet.write_string(rows.height + 1, 1, more, styles.made(bold=True))
    _validate(sheet, last, words)
    _colour(sheet, styles, last)
    sheet.autofilter(0, 0, rows.height or 1, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 1)
    sheet.set_zoom(90)
    page(sheet, title=SHEET, head_rows=1)
    sheet.print_area(0, 0, rows.height + (1 if left_out else 0) or 1, HEADERS.index(PRINTED_TO))
    sheet.protect("", _PROTECTION)
    sheet.activate()
    return _filling(rows) if rows.height else None


def _filling(rows: pl.DataFrame) -> Rows:
    nothing = pl.Series([None] * rows.height, dtype=pl.String)
    differs = {ITEM_HEADERS[item]: rows[f"differs_{item}"] for item in ITEMS}
    return Rows(
        1,
        [
            Cells(place, as_number(rows[column.header]), differs.get(column.header))
            if column.kind is not Kind.INPUT
            else Cells(place, nothing, blanks=True)
            for place, column in enumerate(COLUMNS)
        ],
        rows["lines"].cast(pl.Int64) * LINE_HEIGHT + 4,
    )


def _area(header: str, last: int) -> str:
    letter = _LETTER[header]
    return f"{letter}2:{letter}{last + 1}"


def _validate(sheet: Worksheet, last: int, words: dict[str, str]) -> None:
    title = {"input_title": "", "ignore_blank": True}
    sheet.data_validation(
        _area(DECISION, last),
        title
        | {
            "validate": "list",
            "source": [d.value for d in Decision],
            "input_title": DECISION,
            "input_message": words["decision"][:255],
            "error_title": DECISION,
            "error_message": words["wrong"],
        },
    )
    # Any other reason may be written: the list only helps.
    sheet.data_validation(
        _area(REASON, last),
        title
        | {
            "validate": "list",
            "source": f"={REASONS_NAME}",
            "input_title": REASON,
            "input_message": words["reason"],
            "show_error": False,
        },
    )
    for header, message in ((CLERK, "clerk"), (DECIDED_ON, "day")):
        sheet.data_validation(
            _area(header, last),
            title | {"validate": "any", "input_title": header, "input_message": words[message]},
        )


def _colour(sheet: Worksheet, styles: Styles, last: int) -> None:
    record, decision = f"${_LETTER[RECORD_ID]}2", f"${_LETTER[DECISION]}2"
    late = styles.rule(LATE | LINE)
    for header, begins, style in (
        (DUE_WORDS, "超過", late),
        (DUE_WORDS, "今日", styles.rule(SOON | LINE)),
        (DUE_WORDS, "あと1日", styles.rule(SOON | LINE)),
    ):
        sheet.conditional_format(
            _area(header, last),
            {"type": "text", "criteria": "begins with", "value": begins, "format": style},
        )
    for ending, style in (("late", late), ("today", styles.rule(SOON | LINE))):
        sheet.conditional_format(
            _area(DUE_WORDS, last),
            {"type": "text", "criteria": "ends with", "value": ending, "format": style},
        )
    verdict = f"${_LETTER['判定区分']}2"
    sheet.conditional_format(
        _area("判定区分", last),
        _formula(f'OR({verdict}="返戻",{verdict}="return")', styles.rule(RETURNED | LINE)),
    )
    inputs = f"{_LETTER[DECISION]}2:{_LETTER[DECIDED_ON]}{last + 1}"
    # Of a confirmation everything is needed; of another decision everything but the reason.
    first = f"{_LETTER[DECISION]}2"
    needed = f'OR(COLUMN({first})<>{_number(REASON)},{decision}="{Decision.CONFIRMED}")'
    missing = f'AND({decision}<>"",{first}="",{needed})'
    sheet.conditional_format(inputs, _formula(missing, late))
    sheet.conditional_format(
        inputs, _formula(f'AND({record}<>"",{decision}<>"")', styles.rule(DONE | LINE))
    )
    sheet.conditional_format(
        inputs, _formula(f'{record}<>""', styles.rule({"bg_color": INPUT_FILL} | LINE))
    )
    everything = f"A2:{_LETTER[HEADERS[-1]]}{last + 1}"
    sheet.conditional_format(everything, _formula(f'{record}<>""', styles.rule(LINE)))


def _number(header: str) -> int:
    return HEADERS.index(header) + 1


def _formula(criteria: str, style: object) -> dict[str, object]:
    return {"type": "formula", "criteria": f"={criteria}", "format": style}
