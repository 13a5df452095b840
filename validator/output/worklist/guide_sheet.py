"""The sheet 「この表の使い方」: what to do, column by column, and the reasons to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from validator.hold.reasons import pick_list
from validator.output.worklist.columns import COLUMNS, GUIDE_SHEET, SHEET, Kind
from validator.output.worklist.layout import add_table, page
from validator.output.worklist.main_sheet import REASONS_NAME
from validator.output.worklist.styles import Styles
from validator.resources import load_toml

_STEPS = {
    "ja": (
        "「作業一覧」を上から順に見ます。1行が1件(1人の1つの届書)です。",
        "色の付いた項目が、届書(届)と台帳(台)で違う項目です。「誰に何を聞くか」の順に確認します。",
        (
            "確認したら、緑の見出しの4つの列(判定・理由・担当者・決定日)に記入します。"
            "途中のものは空欄のままでかまいません。"
        ),
        (
            "同じ人と確認できたものは「本人確認済」を選び、理由・担当者・決定日をすべて記入します。"
            "「解除の条件」が「理由と根拠」の行は、何で確認したか(住民票、運転免許証、住基ネットの照会、"
            "窓口での面談、本人への電話など)も理由に書きます。"
            "「できません」の行は、本人確認済にできません。"
        ),
        (
            "保存して、検査の担当者に渡します。担当者は "
            "validator resolve worklist.xlsx --state 台帳のフォルダー を実行します。"
        ),
        (
            "次に同じ --state を付けて検査すると、本人確認済の違いは保留にならず、"
            "「確認済」のシートに載ります。届書か台帳が変わるか、期限が過ぎると、また保留になります。"
        ),
    ),
    "en": (
        "Work through 作業一覧 from top to bottom: one row is one person on one form.",
        "Coloured items differ between form (F) and registry (R). Ask as 誰に何を聞くか says.",
        (
            "Then fill in the four columns with a green heading: decision, reason, clerk, day."
            " What is not decided yet stays blank."
        ),
        (
            "For a confirmed person (本人確認済) all four are needed. Where 解除の条件 asks for"
            " proof, say in the reason what it was (a document, a query of the resident register,"
            " the person asked); some holds cannot be cleared at all."
        ),
        "Save the file and run: validator resolve worklist.xlsx --state DIR",
        (
            "The next check with the same --state lets confirmed differences pass, until form or"
            " registry change or the confirmation expires."
        ),
    ),
}
_RULES = (
    "行の並べ替え、絞り込み、いらない行の削除、列の追加はできます。",
    (
        "緑の見出しの列のほかは書き換えないでください。書き換えた行は取り込まれません。"
        "シートの保護にパスワードはありません。"
    ),
    "個人番号は、どの欄にも書かないでください。",
    (
        "この表には氏名・住所などの個人情報が入っています。決められた場所に置き、"
        "用が済んだら消してください。"
    ),
)
_DECISIONS = (
    ("本人確認済", "届書の人と台帳の人が同じ人だと確認した。次の検査から保留にしない。"),
    ("訂正済", "事業所が届書を直した。直した届書を次に検査する。"),
    ("返戻", "事業所へ返した。"),
    ("照会中", "事業所や本人に尋ねている。"),
)


def add_guide_sheet(book: Workbook, styles: Styles, lang: str) -> None:
    """Fill the sheet, and name the list of reasons for the drop-down."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    widths = (36, 88)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, styles.text)
    sheet.write_string(0, 0, GUIDE_SHEET, styles.title)
    sheet.set_row(0, 28)
    steps = [(str(n), step) for n, step in enumerate(_STEPS[lang], start=1)]
    top = _part(2, "手順", ("順番", "すること"), steps, sheet, styles, widths)
    rules = [("", rule) for rule in _RULES]
    top = _part(top, "決まり", ("", "内容"), rules, sheet, styles, widths)
    top = _part(top, "判定", ("判定", "意味"), _DECISIONS, sheet, styles, widths)
    columns = [(c.header, c.note) for c in COLUMNS if c.kind is not Kind.HIDDEN]
    top = _part(top, f"「{SHEET}」の列", ("列", "内容"), columns, sheet, styles, widths)
    causes = load_toml("codes/causes.toml")["causes"]
    reasons = [(reason, _fits(reason, causes, lang)) for reason in pick_list(lang)]
    first = top + 2
    _part(top, "理由の一覧", ("理由", "合いそうな原因"), reasons, sheet, styles, widths)
    area = f"'{GUIDE_SHEET}'!$A${first + 1}:$A${first + len(reasons)}"
    book.define_name(REASONS_NAME, f"={area}")
    page(sheet, title=GUIDE_SHEET, head_rows=0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _part(
    top: int,
    title: str,
    heads: tuple[str, str],
    rows: Sequence[tuple[str, str]],
    sheet: Worksheet,
    styles: Styles,
    widths: tuple[int, int],
) -> int:
    sheet.write_string(top, 0, title, styles.subtitle)
    return add_table(sheet, styles, top + 1, heads, rows, widths) + 1


def _fits(reason: str, causes: dict[str, dict[str, str]], lang: str) -> str:
    table = load_toml("codes/clearances.toml")["reasons"]
    entry = next((e for e in table.values() if reason.startswith(e[lang])), None)
    fitting = entry["causes"] if entry else []
    return "、".join(causes[c][lang] for c in fitting if c in causes)
