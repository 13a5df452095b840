"""The sheets behind the list: each finding, what was cleared, the rules, the totals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
from xlsxwriter import Workbook

from validator.hold.release import CLEARED
from validator.ledger.decisions import keyed_digests
from validator.output.tables import findings_table
from validator.output.worklist.before import entry_words
from validator.output.worklist.columns import (
    CLEARED_SHEET,
    FINDINGS_SHEET,
    RULES_SHEET,
    TOTALS_SHEET,
)
from validator.output.worklist.fast_rows import SAMPLE, Cells, Rows
from validator.output.worklist.layout import LINE_HEIGHT, add_table, page
from validator.output.worklist.styles import LATE, Styles
from validator.output.worklist.texts import field_names, lines, safe, words
from validator.rules.model import Rule

if TYPE_CHECKING:
    from validator.checking import Checked

MOST_FINDINGS = 100_000
_SEVERITIES = {
    "error": {"ja": "誤り", "en": "error"},
    "warning": {"ja": "注意", "en": "warning"},
    "info": {"ja": "参考", "en": "info"},
}
Pairs = list[tuple[str, int]]


def findings_of(checked: Checked, rows: pl.DataFrame) -> pl.DataFrame:
    """The findings of the listed records (``rows``), in their order."""
    own = checked.judged.findings.join(rows.select("record_id"), on="record_id", how="semi")
    table = findings_table(
        replace(checked.judged, findings=own), checked.settings.rules, checked.settings.lang
    )
    order = rows.select("record_id", order="順")
    table = table.join(order, on="record_id", how="left").sort("order", maintain_order=True)
    return safe(table, ["suggestion"])


def add_findings(
    book: Workbook, styles: Styles, found: pl.DataFrame, fields: dict[str, str], lang: str
) -> Rows | None:
    """「明細」: one row a finding; what `fast_rows.with_rows` has to fill in.

    ``fields``: Japanese names of columns.
    """
    sheet = book.add_worksheet(FINDINGS_SHEET)
    heads = ("順", "record_id", "行", "項目", "コード", "重大度", "内容", "直し方", "提案")
    widths = (6, 20, 7, 16, 9, 8, 52, 46, 30)
    for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
        own = styles.count if head in ("順", "行") else styles.text
        sheet.set_column(place, place, width, own)
        sheet.write_string(0, place, head, styles.head)
        if found.height:
            sheet.write_blank(SAMPLE, place, None, own)
    shown = found.head(MOST_FINDINGS).select(
        "order",
        "record_id",
        "line",
        pl.col("field").replace(fields),
        "code",
        pl.col("severity").replace({k: v[lang] for k, v in _SEVERITIES.items()}),
        "message",
        "hint",
        "suggestion",
    )
    if found.height > MOST_FINDINGS:
        sheet.write_string(
            MOST_FINDINGS + 1,
            1,
            f"ほかに {found.height - MOST_FINDINGS:,}件あります。全件は findings.csv にあります。"
            if lang == "ja"
            else f"{found.height - MOST_FINDINGS:,} more are in findings.csv.",
            styles.bold,
        )
    late = styles.rule(LATE)
    sheet.conditional_format(
        1, 5, max(1, shown.height), 5,
        {"type": "cell", "criteria": "==", "value": f'"{_SEVERITIES["error"][lang]}"',
         "format": late},
    )  # fmt: skip
    sheet.autofilter(0, 0, max(1, shown.height), len(heads) - 1)
    sheet.freeze_panes(1, 2)
    page(sheet, title=FINDINGS_SHEET, head_rows=1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    columns = [Cells(place, series) for place, series in enumerate(shown.iter_columns())]
    texts = {"message": widths[6], "hint": widths[7], "suggestion": widths[8]}
    highest = pl.max_horizontal(lines(column, width) for column, width in texts.items())
    heights = shown.select(highest.cast(pl.Int64) * LINE_HEIGHT + 4).to_series()
    return Rows(2, columns, heights) if shown.height else None


def add_cleared(book: Workbook, styles: Styles, checked: Checked) -> None:
    """「確認済」: what passed because a clerk had confirmed it. Nothing where there is none."""
    memory, lang = checked.memory, checked.settings.lang
    records = checked.judged.records.filter(pl.col("findings").list.contains(CLEARED))
    if memory is None or records.is_empty():
        return
    keyed = keyed_digests(memory.keyed, checked.judged.digests)
    people = checked.batch.frame.select("row", "name_kanji", "name_kana", "office_name")
    listed = records.join(keyed, on="row", how="left", maintain_order="left").join(
        people, on="row", how="left", maintain_order="left"
    )
    texts = ["office_code", "office_name", "name_kanji", "name_kana", "source_file"]
    listed = safe(listed, texts)
    sheet = book.add_worksheet(CLEARED_SHEET)
    heads = ("record_id", "行", "事業所", "氏名(漢字)", "氏名(カナ)", "確認の内容", "期限")
    widths = (20, 7, 24, 22, 24, 60, 14)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, styles.text)
    rows = []
    for row in listed.iter_rows(named=True):
        entry = memory.latest["difference"][row["difference"]]
        office = " ".join(filter(None, (row["office_code"], row["office_name"])))
        until = memory.clearances.valid_until(entry.decided_on).isoformat()
        rows.append(
            (
                *(row["record_id"], row["line"], office, row["name_kanji"], row["name_kana"]),
                *(entry_words(entry, lang), until),
            )
        )
    end = add_table(sheet, styles, 0, heads, rows, widths)
    sheet.autofilter(0, 0, end - 1, len(heads) - 1)
    sheet.freeze_panes(1, 1)
    page(sheet, title=CLEARED_SHEET, head_rows=1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})


def add_rules(book: Workbook, styles: Styles, found: pl.DataFrame, checked: Checked) -> None:
    """「規則の説明」: the rules that have spoken, the most frequent first."""
    lang = checked.settings.lang
    by_code: dict[str, Rule] = {rule.code: rule for rule in checked.settings.rules}
    counted = found.group_by("code").len().sort(["len", "code"], descending=[True, False])
    rows = []
    fields = field_names(checked)
    for code, n in counted.iter_rows():
        rule = by_code[code]
        field = fields.get(rule.field or "", rule.field or "")
        rows.append(
            (
                *(code, field, _SEVERITIES[rule.severity.value][lang], n, rule.why.get(lang)),
                *(rule.hint.get(lang), rule.cannot_see.get(lang), "\n".join(rule.source)),
            )
        )
    sheet = book.add_worksheet(RULES_SHEET)
    widths = (9, 16, 9, 7, 46, 46, 40, 30)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, styles.text)
    heads = ("コード", "項目", "重大度", "件数", "なぜ", "どうするか", "見えないもの", "根拠")
    add_table(sheet, styles, 0, heads, rows, widths)
    sheet.freeze_panes(1, 1)
    page(sheet, title=RULES_SHEET, head_rows=1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def add_totals(
    book: Workbook, styles: Styles, rows: pl.DataFrame, checked: Checked, listed: int
) -> None:
    """「集計」: counts by verdict, class, cause, item, deadline, employer; the run they are of."""
    lang, ja = checked.settings.lang, checked.settings.lang == "ja"
    sheet = book.add_worksheet(TOTALS_SHEET)
    sheet.set_column(0, 0, 44, styles.text)
    sheet.set_column(1, 1, 12, styles.count)
    sheet.set_column(2, 6, 12, styles.text)
    sheet.write_string(0, 0, TOTALS_SHEET, styles.title)
    sheet.set_row(0, 28)
    counts, used = checked.summary.counts, checked.summary.provenance
    parts: list[tuple[str, Pairs]] = [
        (
            "判定" if ja else "verdicts",
            [
                ("記録" if ja else "records", counts.records),
                ("合格" if ja else "pass", counts.by_verdict["pass"]),
                ("  うち本人確認済による" if ja else "  of them cleared", counts.cleared),
                ("保留" if ja else "hold", counts.by_verdict["hold"]),
                ("返戻" if ja else "return", counts.by_verdict["return"]),
                ("この表に載せた記録" if ja else "listed here", listed),
            ],
        ),
        ("保留区分", _counted(rows["保留区分"])),
        ("原因", _worded_counts(counts.by_cause, words("causes", "causes", lang))),
        ("異なる項目", _counted(rows["異なる項目"].str.split("\n").explode(empty_as_null=True))),
        ("期限まで", _deadlines(rows, checked, ja=ja)),
        ("事業所", _counted(rows["事業所"].str.replace_all("\n", " "), most=30)),
    ]
    top = 2
    for title, pairs in parts:
        if pairs:
            sheet.write_string(top, 0, title, styles.subtitle)
            top = add_table(sheet, styles, top + 1, ("内訳", "件数"), pairs, (44, 12)) + 1
    registry = used.registry
    facts = [
        ("検査の基準日", used.as_of.isoformat()),
        ("方針", used.policy),
        ("台帳の基準日", str(registry.as_of) if registry and registry.as_of else "-"),
        ("住民票との照合", "あり" if registry else "なし(形式の検査だけ)"),
        ("確認の台帳(--state)", used.ledger.name if used.ledger else "なし"),
        ("プログラムの版", used.tool_version),
        *(("届書のファイル", source.file) for source in used.inputs),
    ]
    sheet.write_string(top, 0, "この表を作った検査", styles.subtitle)
    for name, value in safe(
        pl.DataFrame(facts, schema=["name", "value"], orient="row"), ["value"]
    ).iter_rows():
        top += 1
        sheet.write_string(top, 0, name, styles.text)
        sheet.write_string(top, 1, value, styles.fact)
    page(sheet, title=TOTALS_SHEET, head_rows=0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _counted(values: pl.Series, most: int | None = None) -> Pairs:
    table = values.drop_nulls().alias("value").value_counts()
    table = table.filter(pl.col("value") != "").sort(["count", "value"], descending=[True, False])
    return list(table.head(most or table.height).iter_rows())


def _worded_counts(by_code: dict[str, int], by_word: dict[str, str]) -> Pairs:
    return [(by_word[c], n) for c, n in sorted(by_code.items(), key=lambda pair: -pair[1])]


def _deadlines(rows: pl.DataFrame, checked: Checked, *, ja: bool) -> Pairs:
    left = (rows["期限"] - checked.settings.as_of).dt.total_days()
    groups = [
        ("超過" if ja else "late", int((left < 0).sum())),
        ("今日まで" if ja else "today", int((left == 0).sum())),
        ("あと1日から5日" if ja else "one to five days left", int((left > 0).sum())),
        ("受付日なし" if ja else "no day of reception", left.null_count()),
    ]
    return [(name, n) for name, n in groups if n]
