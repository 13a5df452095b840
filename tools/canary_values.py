"""The personal values of input files: names, kana, birth dates, addresses.

Read without the program's own readers, so that what it does not know is looked for too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import openpyxl
import polars as pl

_NAME = re.compile(r"name_(kanji|kana)|alias|氏名|フリガナ|ふりがな|通称|旧姓", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"office|事業所|level_|結果", re.IGNORECASE)
_ADDRESS = re.compile(r"address|住所", re.IGNORECASE)
_BIRTH = re.compile(r"birth|生年月日", re.IGNORECASE)
_PERSONAL_LETTER = re.compile(r"[぀-ヿ㐀-鿿ｦ-ﾟ々〆]")
_SPACE = re.compile(r"\s+")


def personal_values(path: Path, text: str) -> set[str]:
    """The values of an input file that no masked output may hold."""
    found: set[str] = set()
    for row in _rows(path, text):
        for header, value in row.items():
            found.update(_kept(str(header), value))
    return found


def _kept(header: str, value: object) -> Iterable[str]:
    """``value`` if it is one person's and long enough to be found by more than chance."""
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > 200 or "\n" in text:
        return
    if _BIRTH.search(header):
        # Days of this century stand in every output as dates of reception or of the run.
        if re.fullmatch(r"1[89]\d\d-?\d\d-?\d\d", text):
            yield text
    elif not _PERSONAL_LETTER.search(text):
        return
    elif _ADDRESS.search(header):
        if len(text) >= 9 and re.search(r"[0-9０-９一二三四五六七八九十]", text):
            yield text
    elif _NAME.search(header) and not _NOT_A_NAME.search(header) and _is_whole_name(text):
        yield text


def _is_whole_name(text: str) -> bool:
    """A family name alone, or "●●", may be a word of the message itself."""
    return len(_SPACE.split(text)) > 1 and len(_SPACE.sub("", text)) >= 4


def _rows(path: Path, text: str) -> Iterator[Mapping[str, object]]:
    """The rows of a table by header; nothing for what is no table."""
    try:
        if path.suffix == ".parquet":
            yield from pl.read_parquet(path).iter_rows(named=True)
        elif path.suffix == ".xlsx":
            yield from _sheet_rows(path)
        elif path.suffix == ".jsonl":
            for line in text.splitlines():
                row = json.loads(line)
                if isinstance(row, dict):
                    yield row
        elif "[data]" in text[:4000]:
            yield from _media_rows(text)
        elif path.suffix in {".csv", ".tsv", ".txt"}:
            yield from _separated_rows(text)
    except Exception:  # noqa: BLE001 - broken inputs are what many tests are about
        return


def _separated_rows(text: str) -> Iterator[Mapping[str, object]]:
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text.lstrip("\ufeff")), delimiter="\t" if "\t" in first else ","
    )
    for row in reader:
        yield {k: v for k, v in row.items() if isinstance(k, str)}


def _sheet_rows(path: Path) -> Iterator[Mapping[str, object]]:
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        headers = [str(h or "") for h in next(rows, ())]
        for row in rows:
            yield dict(zip(headers, row, strict=False))


def _media_rows(text: str) -> Iterator[Mapping[str, object]]:
    """Data lines of electronic media; a field with a full-width space is a name."""
    for line in text.split("[data]", 1)[1].splitlines():
        for field in line.split(","):
            value = field.strip('"')
            yield {"name_kanji" if re.search(r"\S[ 　]\S", value) else "": value}
