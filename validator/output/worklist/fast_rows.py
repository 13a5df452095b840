"""Many rows of a sheet at once.

The library writes a workbook with its headings, formats and rules, and two sample rows that show
which number each format has; the rows themselves are written here, whole columns at a time, as
shared strings and numbers. A text is always a string cell: no text can become a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from xlsxwriter.utility import xl_col_to_name

SAMPLE, MARKED_SAMPLE = 1, 2
"""0-based rows of the samples: the usual format of each column, and that of marked cells."""
_STRINGS = "xl/sharedStrings.xml"
_SAMPLES = re.compile(r'<row r="2".*?</row>(?:<row r="3".*?</row>)?', re.DOTALL)
_SAMPLE_CELL = re.compile(r'<c r="([A-Z]+)([23])" s="(\d+)"')
_COUNTS = re.compile(r' count="(\d+)" uniqueCount="(\d+)"')
_ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
_QUICK = 3  # of zlib's levels: a third of the time, a tenth more bytes


@dataclass(frozen=True)
class Cells:
    """One column: its place (0-based), its values (String or whole numbers), which are marked.

    ``blanks``: cells without a value are written as well, for their format.
    """

    place: int
    values: pl.Series
    marked: pl.Series | None = None
    blanks: bool = False


@dataclass(frozen=True)
class Rows:
    """The rows of one sheet, from its second row on; ``sheet``: its number in the book, from 1.

    ``heights``: of each row, in points.
    """

    sheet: int
    columns: Sequence[Cells]
    heights: pl.Series | None = None

    @property
    def part(self) -> str:
        """Where the sheet is in the archive."""
        return f"xl/worksheets/sheet{self.sheet}.xml"


def with_rows(book: bytes, tables: Sequence[Rows]) -> bytes:
    """``book`` with the rows in place of the samples; the same input gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    columns = [cells.values for rows in tables for cells in rows.columns if _is_text(cells)]
    texts = pl.concat([pl.Series([], dtype=pl.String), *columns])
    texts = _texts(texts)
    distinct = texts.drop_nulls().unique(maintain_order=True)
    first = _add_strings(parts, distinct, texts.len() - texts.null_count())
    strings = _cut(_places(texts, distinct) + first, columns)
    for rows in tables:
        parts[rows.part] = _filled(parts[rows.part].decode(), rows, strings).encode()
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as target:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o600 << 16
            target.writestr(info, part, zipfile.ZIP_DEFLATED, _QUICK)
    return result.getvalue()


def _is_text(cells: Cells) -> bool:
    return cells.values.dtype == pl.String


def _places(texts: pl.Series, distinct: pl.Series) -> pl.Series:
    """Where each of ``texts`` stands in ``distinct`` (Int64); null stays null."""
    table = distinct.alias("text").to_frame().select("text", place=pl.int_range(pl.len()))
    found = texts.alias("text").to_frame().join(table, on="text", how="left", maintain_order="left")
    return found["place"]


def _cut(values: pl.Series, like: Sequence[pl.Series]) -> Iterator[pl.Series]:
    """``values`` in pieces as long as ``like``, one after the other."""
    start = 0
    for piece in like:
        yield values.slice(start, piece.len())
        start += piece.len()


def _texts(values: pl.Series) -> pl.Series:
    frame = values.alias("text").to_frame()
    column = pl.col("text").str.replace_all(_ILLEGAL, "")
    return frame.select(pl.when(column != "").then(column)).to_series()


def _add_strings(parts: dict[str, bytes], distinct: pl.Series, uses: int) -> int:
    """Append the texts to the shared strings; the number of the first."""
    table = parts[_STRINGS].decode()
    found = _COUNTS.search(table)
    count, unique = (int(found[1]), int(found[2])) if found else (0, 0)
    escaped = (
        distinct.str.replace_all("&", "&amp;", literal=True)
        .str.replace_all("<", "&lt;", literal=True)
        .str.replace_all(">", "&gt;", literal=True)
        .str.replace_all("\r", "&#13;", literal=True)
    )
    added = pl.select(
        pl.concat_str(
            pl.lit('<si><t xml:space="preserve">'), pl.lit(escaped), pl.lit("</t></si>")
        ).str.join("")
    ).item()
    table = _COUNTS.sub(
        f' count="{count + uses}" uniqueCount="{unique + distinct.len()}"', table, count=1
    )
    parts[_STRINGS] = table.replace("</sst>", f"{added or ''}</sst>").encode()
    return unique


def _filled(sheet: str, rows: Rows, strings: Iterator[pl.Series]) -> str:
    """``sheet`` with its rows; ``strings``: the numbers of the next columns of texts."""
    samples = _SAMPLES.search(sheet)
    if samples is None:
        raise ValueError("no sample rows")
    styles = {(c, int(r) - 1): s for c, r, s in _SAMPLE_CELL.findall(samples[0])}
    height = max((cells.values.len() for cells in rows.columns), default=0)
    frame = pl.DataFrame({"at": pl.int_range(2, height + 2, eager=True).cast(pl.String)})
    row = [pl.lit('<row r="'), pl.col("at")]
    if rows.heights is not None:
        frame = frame.with_columns(ht=rows.heights.cast(pl.String))
        row += [pl.lit('" ht="'), pl.col("ht"), pl.lit('" customHeight="1')]
    row.append(pl.lit('">'))
    for cells in rows.columns:
        letters = xl_col_to_name(cells.place)
        values = next(strings) if _is_text(cells) else cells.values.cast(pl.Int64)
        row.append(_cell(cells, values, letters, styles))
    row.append(pl.lit("</row>"))
    body = frame.select(pl.concat_str(row).str.join("")).item() or ""
    filled = sheet[: samples.start()] + body + sheet[samples.end() :]
    last = xl_col_to_name(max((c.place for c in rows.columns), default=0))
    return re.sub(
        r'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{last}{height + 1}"/>', filled, count=1
    )


def _cell(
    cells: Cells, values: pl.Series, letters: str, styles: dict[tuple[str, int], str]
) -> pl.Expr:
    plain = pl.lit(styles[letters, SAMPLE])
    style: pl.Expr = plain
    if cells.marked is not None:
        style = (
            pl.when(pl.lit(cells.marked.fill_null(value=False)))
            .then(pl.lit(styles[letters, MARKED_SAMPLE]))
            .otherwise(plain)
        )
    kind = '" t="s"><v>' if _is_text(cells) else '"><v>'
    cell = pl.concat_str(
        pl.lit(f'<c r="{letters}'), pl.col("at"), pl.lit('" s="'), style, pl.lit(kind),
        pl.lit(values.cast(pl.String)), pl.lit("</v></c>"),
    )  # fmt: skip
    if not cells.blanks:
        return cell.fill_null("")
    blank = pl.concat_str(
        pl.lit(f'<c r="{letters}'), pl.col("at"), pl.lit('" s="'), style, pl.lit('"/>')
    )
    return cell.fill_null(blank)
