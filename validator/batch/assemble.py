"""From tables as read to canonical columns: headers, forms, required columns, marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from validator.batch.columns import (
    Form,
    canonical_columns,
    digit_columns,
    fold,
    forms_by_name,
    japanese_name,
    vocabulary,
)
from validator.batch.headers import HeaderMap, map_headers
from validator.batch.model import FileMark
from validator.batch.table import Table, exponent_marks
from validator.errors import InputError, UsageError


@dataclass
class Piece:
    """One source in canonical columns, rows numbered within the source.

    ``records``: ``line_index`` UInt32, ``line`` Int64, ``sheet``, ``block``, then the canonical
    columns. ``marks``: ``index`` UInt32 (row of ``records``), ``column``, ``mark``.
    """

    format: str
    encoding: str | None
    layout: str | None
    records: pl.DataFrame
    marks: pl.DataFrame
    file_marks: list[tuple[FileMark, str | None]]
    extra_columns: tuple[str, ...]
    lines: int
    blank_lines: int
    media_fields: dict[str, pl.DataFrame]


def form_named(name: str) -> Form:
    """A form by its English or Japanese name; raises UsageError when there is none."""
    form = forms_by_name().get(fold(name))
    if form is None:
        known = ", ".join(form.name for form in vocabulary().form)
        raise UsageError(
            f"届書の種別がわかりません。次のいずれかを指定してください: {known}",
            f"unknown form; use one of: {known}",
        )
    return form


def assemble_table(
    table: Table,
    *,
    file: str,
    default_form: Form,
    site: Mapping[str, str],
    expect_empty: bool,
) -> Piece:
    """Bring one table into canonical columns.

    Raises InputError for doubled or missing columns, unknown form names, and a table without a
    record unless ``expect_empty``.
    """
    headers = map_headers(table.headers, site, file=file, line=table.header_line)
    known = _known_columns(table, headers, default_form, file)
    _refuse_missing_columns(known, headers, default_form, table.header_line, file)
    if known.is_empty() and not expect_empty:
        raise InputError(
            "見出しだけで届書の行がありません。空で正しいなら --expect-empty を付けてください。",
            "there is only a header and no record; if that is right, add --expect-empty.",
            file=file,
        )
    marks, unknown = _marks(table, headers)
    return Piece(
        format=table.format,
        encoding=table.encoding,
        layout=None,
        records=known,
        marks=marks,
        file_marks=table.file_marks + unknown,
        extra_columns=tuple(name for name in headers.extra.values() if fold(name)),
        lines=len(known),
        blank_lines=table.blank_lines,
        media_fields={},
    )


def _known_columns(table: Table, headers: HeaderMap, default_form: Form, file: str) -> pl.DataFrame:
    records = table.cells.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("line_index"),
        table.line.alias("line"),
        pl.lit(table.sheet, pl.String).alias("sheet"),
        pl.lit(None, pl.String).alias("block"),
        *(
            pl.col(f"c{headers.known[name]}").alias(name)
            if name in headers.known
            else pl.lit(None, pl.String).alias(name)
            for name in canonical_columns()
        ),
    )
    if "form" not in headers.known:
        return records.with_columns(pl.lit(default_form.name).alias("form"))
    return records.with_columns(_resolved_forms(records, default_form, file))


def _resolved_forms(records: pl.DataFrame, default_form: Form, file: str) -> pl.Series:
    given = records["form"].unique().drop_nulls().to_list()
    names = {text: forms_by_name().get(fold(text)) for text in given if fold(text)}
    unknown = [text for text, form in names.items() if form is None]
    if unknown:
        lines = records.filter(pl.col("form").is_in(unknown))["line"]
        raise InputError(
            "届書種別に、このプログラムが知らない届書の名前があります。"
            "「資格取得届」のような届書の名前か、その英語名にしてください。",
            "the form column names a form this program does not know; use a name such as"
            " shikaku_shutoku or 資格取得届.",
            file=file,
            lines=tuple(lines.to_list()),
        )
    english = {text: form.name for text, form in names.items() if form is not None}
    return (
        records["form"]
        .replace_strict(english, default=default_form.name, return_dtype=pl.String)
        .fill_null(default_form.name)
    )


def _refuse_missing_columns(
    records: pl.DataFrame,
    headers: HeaderMap,
    default_form: Form,
    line: int | None,
    file: str,
) -> None:
    required = vocabulary().required
    forms = set(records["form"].unique().to_list()) or {default_form.name}
    missing = [name for name in required.addition if name not in headers.known]
    if missing and any(_adds_members(records, form_named(form)) for form in forms):
        ja = "、".join(japanese_name(name) for name in missing)
        raise InputError(
            f"必要な列がありません: {ja}。見出しを直すか、設定 [headers] で指定してください。",
            f"required columns are missing: {', '.join(missing)}; correct the headers or map them"
            " in the configuration's [headers].",
            file=file,
            lines=() if line is None else (line,),
        )
    groups = required.identified
    if not any(all(name in headers.known for name in group) for group in groups):
        ja = "、または ".join("と".join(japanese_name(name) for name in group) for group in groups)
        en = "; or ".join(" and ".join(group) for group in groups)
        raise InputError(
            f"本人を特定する列がありません。次のいずれかが必要です: {ja}",
            f"no columns identify the person; one of these is needed: {en}",
            file=file,
            lines=() if line is None else (line,),
        )


def _adds_members(records: pl.DataFrame, form: Form) -> bool:
    if not form.addition:
        return False
    other = form.not_addition
    if other is None or records.is_empty():
        return True
    values = records.filter(pl.col("form") == form.name)[other.column].unique().to_list()
    not_added = {fold(value) for value in other.values}
    return any(value is None or fold(value) not in not_added for value in values)


def _marks(
    table: Table, headers: HeaderMap
) -> tuple[pl.DataFrame, list[tuple[FileMark, str | None]]]:
    positions = [headers.known[name] for name in digit_columns() if name in headers.known]
    names = pl.DataFrame(
        [(position, name) for name, position in headers.known.items()],
        schema={"position": pl.UInt16, "column": pl.String},
        orient="row",
    )
    cell_marks = pl.concat([table.cell_marks, exponent_marks(table, positions)])
    marks = (
        cell_marks.join(names, on="position", how="inner", maintain_order="left")
        .select("index", "column", "mark")
        .sort("index", maintain_order=True)
    )
    unknown: list[tuple[FileMark, str | None]] = [
        (
            FileMark.UNKNOWN_COLUMN if fold(name) else FileMark.UNNAMED_COLUMN,
            str(position + 1),
        )
        for position, name in headers.extra.items()
    ]
    return marks, unknown
