"""What stands in written PDF letters, as whoever opens the file gets it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from validator.output.letters.reread import Said, named_records, submitted_values
from validator.output.letters.view import Head, Person

_PAIR = {"file": pl.String, "record_id": pl.String}
_VALUE = {"record_id": pl.String, "field": pl.String, "value": pl.String}


def text_of(path: Path) -> str:
    """The text of a PDF; a line that is broken at a hyphen keeps it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "\n".join(pages).replace("\ufffe", "-").replace("\x02", "-")


def folded(text: str) -> str:
    """``text`` without what setting and reading may change: width, spaces, signs, line ends."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def read_pdf(
    texts: Mapping[str, str],
    meant: Mapping[str, tuple[Head, Sequence[Person]]],
    truth: pl.DataFrame,
    *,
    printable: Callable[[str], str],
    blank: str,
) -> Said:
    """What PDF letters (their `text_of` by file name) say.

    ``meant``: which fields were to stand in each file. A field has its value of the batch
    (``truth``) where that stands in the text, ``printable`` as the fonts show it; else none.
    """
    pages = pl.DataFrame({"file": list(texts), "page": list(texts.values())})
    named = named_records(pages)
    known = set(truth["record_id"])
    submitted = {
        (record, field): value or blank
        for record, field, value in submitted_values(truth).iter_rows()
    }
    listed, guided, heads, values = [], [], [], []
    for file, records in named.group_by("file", maintain_order=True).agg("record_id").iter_rows():
        text, flat = texts[file], folded(texts[file])
        for record in records:
            if record not in known:
                continue
            # Once on the slip, once more on the guidance.
            times = len(re.findall(re.escape(record) + r"(?![0-9A-Za-z-])", text))
            listed.append((file, record))
            guided += [(file, record)] * (times - 1)
        head, people = meant.get(file, (None, ()))
        if head is not None:
            code = next((value for _, key, value in head.to if key == "office_code"), None)
            if code is not None and folded(printable(code)) in flat:
                heads.append((file, code))
        for record, field in _fields(people):
            value = submitted.get((record, field))
            if value is not None:
                there = folded(printable(value)) in flat
                values.append((record, field, value if there else None))
    return Said(
        listed=pl.DataFrame(listed, schema=_PAIR, orient="row"),
        guided=pl.DataFrame(guided, schema=_PAIR, orient="row"),
        named=named,
        heads=pl.DataFrame(heads, schema={"file": pl.String, "written": pl.String}, orient="row"),
        values=pl.DataFrame(values, schema=_VALUE, orient="row"),
    )


def _fields(people: Sequence[Person]) -> Iterator[tuple[str, str]]:
    for person in people:
        for field in ("name_kanji", "name_kana"):
            yield person.record_id, field
        for _, field, _ in (*person.about, *person.filed):
            yield person.record_id, field
