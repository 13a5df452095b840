"""From tables as read to canonical columns: headers, forms, required columns, marks."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from validator.batch.headers import HeaderMap, Headers, map_headers
from validator.batch.model import FileMark
from validator.batch.table import Table, exponent_marks
from validator.errors import InputError, UsageError
from validator.forms.declarations import Form
from validator.forms.load import Forms, default_forms
from validator.forms.vocabulary import Vocabulary, fold


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


def form_named(name: str, forms: Forms | None = None) -> Form:
    """A form by its English or Japanese name; raises UsageError when there is none."""
    declared = forms or default_forms()
    form = declared.named(name)
    if form is None:
        known = ", ".join(declared.names)
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
    forms: Forms,
    site: Headers,
    expect_empty: bool,
) -> Piece:
    """Bring one table into canonical columns, and those a site has declared.

    Raises InputError for doubled or missing columns, unknown form names, and a table without a
    record unless ``expect_empty``.
    """
    if table.form is not None:
        # A template says itself which form it is for.
        default_form = forms.named(table.form) or default_form
    headers = map_headers(table.headers, site, forms.vocabulary, file=file, line=table.header_line)
    known = _known_columns(table, headers, default_form, forms, file)
    _refuse_missing_columns(known, headers, default_form, forms, table.header_line, file)
    if known.is_empty() and not expect_empty:
        raise InputError(
            "見出しだけで届書の行がありません。空で正しいなら --expect-empty を付けてください。",
            "there is only a header and no record; if that is right, add --expect-empty.",
            file=file,
        )
    marks, unknown = _marks(table, headers, forms.vocabulary)
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


def _known_columns(
    table: Table, headers: HeaderMap, default_form: Form, forms: Forms, file: str
) -> pl.DataFrame:
    records = table.cells.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("line_index"),
        table.line.alias("line"),
        pl.lit(table.sheet, pl.String).alias("sheet"),
        pl.lit(None, pl.String).alias("block"),
        *(
            pl.col(f"c{headers.known[name]}").alias(name)
            if name in headers.known
            else pl.lit(None, pl.String).alias(name)
            for name in forms.vocabulary.names
        ),
    )
    if "form" not in headers.known:
        return records.with_columns(pl.lit(default_form.name).alias("form"))
    return records.with_columns(_resolved_forms(records, default_form, forms, file))


def _resolved_forms(
    records: pl.DataFrame, default_form: Form, forms: Forms, file: str
) -> pl.Series:
    given = records["form"].unique().drop_nulls().to_list()
    names = {text: forms.named(text) for text in given if fold(text)}
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
    forms: Forms,
    line: int | None,
    file: str,
) -> None:
    vocabulary = forms.vocabulary
    required = vocabulary.required
    filed = set(records["form"].unique().to_list()) or {default_form.name}
    missing = [name for name in required.addition if name not in headers.known]
    if missing and any(_adds_members(records, forms.form(name)) for name in filed):
        ja = "、".join(vocabulary.japanese_name(name) for name in missing)
        raise InputError(
            f"必要な列がありません: {ja}。見出しを直すか、設定 [headers] で指定してください。",
            f"required columns are missing: {', '.join(missing)}; correct the headers or map them"
            " in the configuration's [headers].",
            file=file,
            lines=() if line is None else (line,),
        )
    groups = required.identified
    if not any(all(name in headers.known for name in group) for group in groups):
        ja = "、または ".join("と".join(map(vocabulary.japanese_name, group)) for group in groups)
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
    table: Table, headers: HeaderMap, vocabulary: Vocabulary
) -> tuple[pl.DataFrame, list[tuple[FileMark, str | None]]]:
    positions = [headers.known[name] for name in vocabulary.digit_names if name in headers.known]
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
