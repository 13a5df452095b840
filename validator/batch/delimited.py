"""Reading CSV and TSV: strict, whole columns at once.

polars splits the cells; the count of separators proves that no line was padded or cut, because
polars refuses a line that is too long and silently fills one that is too short.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection

import polars as pl

from validator.batch.decode import decode
from validator.batch.model import FileMark
from validator.batch.opening import Submitted
from validator.batch.quoting import Fault, header_end, split_fields, split_records
from validator.batch.table import Table, drop_blank_lines, refuse_huge_fields
from validator.errors import InputError

_BOM = b"\xef\xbb\xbf"
_CONTENT = re.compile(rb"[^\r\n]")

# fault -> message in Japanese and English
_FAULTS: dict[Fault, tuple[str, str]] = {
    "open_quote": (
        '引用符(")が閉じられていません。該当行の引用符を直すか、出力し直してください。',
        "a quote is opened and never closed; correct it or export the file again.",
    ),
    "misplaced_quote": (
        '引用符(")の位置が正しくありません。値全体を引用符で囲み、中の引用符は二つ重ねてください。',
        "a quote stands where it may not; quote the whole value and double the quotes in it.",
    ),
    "field_count": (
        "列の数が見出しと合わない行があります。区切り文字や改行のずれを直してください。",
        "lines of another width than the header; correct stray separators or line breaks.",
    ),
}


def read_delimited(
    submitted: Submitted, *, keep_blank: bool = False, alone: Collection[str] = ()
) -> Table:
    """Read a CSV or TSV file whole.

    ``keep_blank``: rows without any value too; ``alone``: headers that may be a table's only one
    (a file of one column is mostly no table at all).

    Raises InputError, naming lines, for undecodable text, lone carriage returns, broken quoting,
    lines of another width than the header and fields of absurd length.
    """
    data, file = submitted.data, submitted.name
    refuse_lone_cr(data, file)
    text = decode(data, file)
    utf8 = text.utf8
    start, leading = _skip_blank_lines(utf8, len(_BOM) if utf8.startswith(_BOM) else 0)
    behind = header_end(utf8, start)
    separator, headers = _header(utf8[start:behind], leading + 1, file, alone)
    header_lines = leading + max(utf8.count(b"\n", start, behind), 1)
    table = Table(
        format="tsv" if separator == "\t" else "csv",
        headers=headers,
        cells=pl.DataFrame(schema={f"c{i}": pl.String for i in range(len(headers))}),
        line=pl.Series("line", [], dtype=pl.Int64),
        encoding=text.encoding,
        blank_lines=leading,
        header_line=leading + 1,
    )
    if _CONTENT.search(utf8, behind) is None:
        table.blank_lines += utf8.count(b"\n", behind)
    else:
        # polars takes the width of a table from its first line, so that must not be a blank one.
        body, blank = _skip_blank_lines(utf8, behind)
        table.blank_lines += blank
        _read_body(table, utf8, body, header_lines + blank, separator, file)
    if not utf8.endswith(b"\n"):
        table.file_marks.append((FileMark.NO_FINAL_LINE_END, None))
    if not keep_blank:
        table = drop_blank_lines(table)
    refuse_huge_fields(table, file)
    return table


def _read_body(
    table: Table, utf8: bytes, behind: int, header_lines: int, separator: str, file: str
) -> None:
    fields = len(table.headers)
    quoted = utf8.find(b'"', behind) >= 0
    if quoted:
        records = split_records(utf8[behind:], separator, fields)
        _refuse(records.faults, header_lines, file)
        begins = pl.Series("line", records.begins, dtype=pl.Int64) + header_lines + 1
    else:
        logical = utf8.count(b"\n", behind) + (not utf8.endswith(b"\n"))
        begins = pl.int_range(
            header_lines + 1, header_lines + 1 + logical, dtype=pl.Int64, eager=True
        ).alias("line")
    try:
        cells = pl.read_csv(
            utf8,
            has_header=False,
            skip_lines=header_lines,
            schema=dict.fromkeys(table.cells.columns, pl.String),
            separator=separator,
            quote_char='"' if quoted else None,
        )
    except pl.exceptions.PolarsError:
        cells = None
    separators = utf8.count(separator.encode(), behind)
    if not quoted and (cells is None or separators != (fields - 1) * len(begins)):
        _refuse(_wrong_widths(utf8[behind:], separator, fields), header_lines, file)
    if cells is None or len(cells) != len(begins):
        raise InputError(
            "表として確実に読み取れません。「CSV UTF-8(コンマ区切り)」で保存し直してください。",
            'the table cannot be read with certainty; save it again as "CSV UTF-8".',
            file=file,
        )
    if quoted:
        # A quoted empty value is as empty as an unquoted one.
        cells = cells.with_columns(
            pl.when(pl.all() != "").then(pl.all()).otherwise(None).name.keep()
        )
    table.cells, table.line = cells, begins


def _header(record: bytes, line: int, file: str, alone: Collection[str]) -> tuple[str, list[str]]:
    text = record.removeprefix(_BOM).decode("utf-8").rstrip("\r\n")
    candidates = [
        (len(fields), separator, fields)
        for separator in (",", "\t")
        if (fields := split_fields(text, separator)) is not None
    ]
    if not candidates:
        ja, en = _FAULTS["open_quote" if text.count('"') % 2 else "misplaced_quote"]
        raise InputError(ja, en, file=file, lines=(line,))
    width, separator, fields = max(candidates, key=lambda candidate: candidate[0])
    if width == 1 and fields[0].strip() not in alone:
        raise InputError(
            "表ではありません。見出しの行をコンマかタブで区切った表にしてください。",
            "this is no table; separate the columns by commas or tabs, headers in the first row.",
            file=file,
            lines=(line,),
        )
    return separator, fields


def _skip_blank_lines(utf8: bytes, start: int) -> tuple[int, int]:
    blank = 0
    while utf8.startswith((b"\n", b"\r\n"), start):
        start = utf8.index(b"\n", start) + 1
        blank += 1
    return start, blank


def _wrong_widths(body: bytes, separator: str, fields: int) -> dict[int, Fault]:
    mark = separator.encode()
    return {
        number: "field_count"
        for number, raw in enumerate(io.BytesIO(body))
        if raw.count(mark) != fields - 1 and raw.rstrip(b"\r\n")
    }


def _refuse(faults: dict[int, Fault], header_lines: int, file: str) -> None:
    if not faults:
        return
    first = next(iter(faults.values()))
    lines = tuple(begin + header_lines + 1 for begin, fault in faults.items() if fault == first)
    if first != "field_count":
        # One stray quote makes nonsense of all that follows: name only where it begins.
        lines = lines[:1]
    ja, en = _FAULTS[first]
    raise InputError(ja, en, file=file, lines=lines)


def refuse_lone_cr(data: bytes, file: str) -> None:
    """Raise InputError when a carriage return stands without its line feed."""
    if b"\r" not in data or data.count(b"\r") == data.count(b"\r\n"):
        return
    lone = re.search(rb"\r(?!\n)", data)
    place = lone.start() if lone else 0
    raise InputError(
        "改行が復帰文字(CR)だけの箇所があります。改行をCRLFかLFにして保存し直してください。",
        "there are line ends of a lone carriage return; save the file with CRLF or LF.",
        file=file,
        lines=(data.count(b"\n", 0, place) + 1,),
    )
