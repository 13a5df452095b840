"""What cannot be used is refused whole, with the lines and without a value."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import polars as pl
import pytest

from validator.batch import read_batch
from validator.errors import InputError, UsageError

from . import builders as make

ROWS = make.people(12)
CSV = make.delimited(ROWS)
LINES = CSV.splitlines(keepends=True)
QUOTED = make.delimited(ROWS, quote=True).splitlines(keepends=True)
JSON = make.json_lines(ROWS).splitlines(keepends=True)


def refusal(tmp_path: Path, data: bytes, **options: object) -> InputError:
    path = tmp_path / "upload.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_batch([path], **options)  # type: ignore[arg-type]
    error = caught.value
    for lang in ("ja", "en"):
        text = error.render(lang)  # type: ignore[arg-type]
        assert "\n" not in text
        for row in ROWS:
            shown = [row[name] for name in ("my_number", "name_kanji", "name_kana", "address")]
            assert not any(str(value) in text for value in shown)
    return error


def spliced(*pieces: bytes) -> bytes:
    return b"".join(pieces)


def without_last_cell(line: bytes) -> bytes:
    return line.rstrip(b"\r\n").rpartition(b",")[0] + b"\r\n"


def with_member(name: str, content: bytes) -> bytes:
    return make.packed([*make.unpacked(make.xlsx(ROWS)).items(), (name, content)])


def replaced_member(name: str, old: bytes, new: bytes) -> bytes:
    members = make.unpacked(make.xlsx(ROWS))
    assert old in members[name]
    return make.packed((members | {name: members[name].replace(old, new, 1)}).items())


def stored(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"

# what -> bytes, word of the English message, lines
LINED = {
    "short rows": (
        spliced(*LINES[:3], without_last_cell(LINES[3]), *LINES[4:6], without_last_cell(LINES[6])),
        "width",
        (4, 7),
    ),
    "long row": (
        spliced(*LINES[:3], LINES[3].replace(b"\r\n", b",\r\n"), *LINES[4:]),
        "width",
        (4,),
    ),
    "short and long row": (
        spliced(*LINES[:3], without_last_cell(LINES[3]), LINES[4].replace(b"\r\n", b",\r\n")),
        "width",
        (4, 5),
    ),
    "cut in the middle of a line": (spliced(*LINES[:5], LINES[5][:20]), "width", (6,)),
    "quoted short row": (
        spliced(*QUOTED[:2], without_last_cell(QUOTED[2]), *QUOTED[3:]),
        "width",
        (3,),
    ),
    "open quote": (
        spliced(*LINES[:4], LINES[4].replace(b",012,", b',"012,'), *LINES[5:]),
        "never closed",
        (5,),
    ),
    "open quote among quoted": (
        spliced(*QUOTED[:4], QUOTED[4].replace(b'"012"', b'"012'), *QUOTED[5:]),
        "quote",
        (5,),
    ),
    "text behind a closing quote": (
        spliced(*LINES[:2], LINES[2].replace(b",012,", b',"01"2,')),
        "may not",
        (3,),
    ),
    "quote in an unquoted value": (
        spliced(*LINES[:2], LINES[2].replace(b",012,", b',0""12,')),
        "may not",
        (3,),
    ),
    "lone carriage return": (
        spliced(*LINES[:3], LINES[3].replace(b"\r\n", b"\r"), *LINES[4:]),
        "carriage",
        (4,),
    ),
    "nul byte": (spliced(*LINES[:3], LINES[3].replace(b"012", b"0\x002")), "NUL", (4,)),
    "neither encoding": (spliced(*LINES[:1], b"\x81\x20" + b"," * 14), "neither", (2,)),
    "cp932 line in utf-8": (
        spliced(*LINES[:4], LINES[4].decode().encode("cp932"), *LINES[5:]),
        "encodings",
        (5,),
    ),
    "utf-8 line in cp932": (
        spliced(*(line.decode().encode("cp932") for line in LINES[:4]), LINES[4]),
        "encodings",
        (5,),
    ),
    "bad byte behind a bom": (
        b"\xef\xbb\xbf" + spliced(*LINES[:2], LINES[2].decode().encode("cp932")),
        "encodings",
        (3,),
    ),
    "huge field": (
        spliced(*LINES[:4], LINES[4].replace(b",012,", b"," + b"x" * 10_000_000 + b",")),
        "too long",
        (5,),
    ),
    "huge quoted field": (
        spliced(*LINES[:4], LINES[4].replace(b",012,", b',"' + b"x\n" * 200_000 + b'",')),
        "too long",
        (5,),
    ),
    "iso-2022-jp": (CSV.decode().encode("iso2022_jp", "ignore"), "ISO-2022-JP", (2,)),
    "broken json": (
        spliced(JSON[0], b'{"a": \n', JSON[1], b"[1]\n", b"nonsense\n"),
        "JSON",
        (2, 4, 5),
    ),
    "nested json": (spliced(JSON[0], b'{"my_number": {"a": 1}}\n'), "JSON", (2,)),
    "doubled json key": (spliced(JSON[0], b'{"sex": "1", "sex": "2"}\n'), "unique", (2,)),
    "json nan": (spliced(JSON[0], b'{"sex": NaN}\n'), "JSON", (2,)),
    "lone surrogate": (spliced(JSON[0], b'{"name_kanji": "\\ud842"}\n'), "JSON", (2,)),
    "json in cp932": (spliced(JSON[0], JSON[1].decode().encode("cp932")), "UTF-8", (2,)),
    "unknown form": (
        b"form," + LINES[0] + b"x," + LINES[1] + b"shikaku_shutoku," + LINES[2] + b"y," + LINES[3],
        "form",
        (2, 4),
    ),
}
UNLINED = {
    "empty": (b"", "empty"),
    "gzip": (gzip.compress(CSV), "gzip"),
    "pdf": (b"%PDF-1.7\n%...", "PDF"),
    "old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "utf-16": (CSV.decode().encode("utf-16"), "UTF-16"),
    "utf-16 without bom": (CSV.decode().encode("utf-16-le"), "NUL"),
    "html": (b"<html><table><tr><td>1</td></tr></table>", "HTML"),
    "json array": (b"[" + b",".join(JSON) + b"]", "JSON array"),
    "euc-jp": (CSV.decode().encode("euc_jp"), "EUC-JP"),
    "word document": (make.packed([("word/document.xml", b"<a/>")]), "no .xlsx"),
    "truncated workbook": (make.xlsx(ROWS)[:-300], "damaged"),
    "truncated parquet": (make.parquet(ROWS)[:-20], "damaged"),
    "parquet with a hole": (
        b"PAR1" + b"\x07" * 60 + make.parquet(ROWS)[64:],
        "damaged",
    ),
    "macro": (with_member("xl/vbaProject.bin", b"x"), "macros"),
    "embedded": (with_member("xl/embeddings/a.bin", b"x"), "macros"),
    "external link": (with_member("xl/externalLinks/externalLink1.xml", b"<a/>"), "external"),
    "external relation": (
        replaced_member(
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="r9" Type="t/attachedTemplate" Target="http://x/" '
            b'TargetMode="External"/></Relationships>',
        ),
        "another file",
    ),
    "doctype": (
        replaced_member(SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
        "document type",
    ),
    "zip bomb": (with_member("xl/media/a.bin", b"\0" * (20 << 20)), "inflates"),
    "path traversal": (with_member("../x.xml", b"<a/>"), "unlawful name"),
    "far column": (replaced_member(SHEET, b'r="A2"', b'r="XFD2"'), "far outside"),
    "far row": (replaced_member(SHEET, b'r="A2"', b'r="A1048576"'), "far outside"),
    "odd cell place": (replaced_member(SHEET, b'r="A2"', b'r="&#65;9"'), "unlawful place"),
    "binary column": (stored(pl.DataFrame({"my_number": [b"x"], "sex": ["1"]})), "no text"),
}


@pytest.mark.parametrize("name", LINED)
def test_refused_with_the_lines(tmp_path: Path, name: str) -> None:
    data, word, lines = LINED[name]
    error = refusal(tmp_path, data)
    assert word in error.en
    assert error.lines == lines
    assert error.file == "upload.csv"


@pytest.mark.parametrize("name", UNLINED)
def test_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    data, word = UNLINED[name]
    error = refusal(tmp_path, data)
    assert word in error.en
    assert "。" in error.ja


def test_a_quote_missing_at_any_place_is_never_accepted(tmp_path: Path) -> None:
    data = b"".join(QUOTED)
    path = tmp_path / "b.csv"
    places = [at for at, byte in enumerate(data) if byte == 0x22]
    for at in places[:: max(len(places) // 150, 1)]:
        path.write_bytes(data[:at] + data[at + 1 :])
        with pytest.raises(InputError):
            read_batch([path])


def test_a_cut_file_is_refused_unless_a_record_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    csv = make.delimited(ROWS[:3])
    numbers = [row["my_number"] for row in ROWS[:3]]
    accepted = 0
    for at in range(len(LINES[0]), len(csv)):
        path.write_bytes(csv[:at])
        try:
            batch = read_batch([path])
        except InputError:
            continue
        accepted += 1
        whole = csv[:at].count(b"\n") - 1
        noted = "no_final_line_end" in batch.file_marks["mark"].to_list()
        # Only the last cell of the last line may be shorter, and that is noted.
        assert noted != csv[:at].endswith(b"\n")
        assert batch.frame["my_number"].to_list() == numbers[: whole + noted]
    assert accepted >= 3


def test_places_that_are_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, word in ((tmp_path, "folder"), (tmp_path / "no.csv", "exist"), (pipe, "regular")):
        with pytest.raises(InputError, match=word):
            read_batch([path])
    with pytest.raises(UsageError):
        read_batch([])


def test_every_file_of_a_call_must_be_usable(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(CSV)
    bad.write_bytes(CSV + b"1,2,3\r\n")
    with pytest.raises(InputError) as caught:
        read_batch([good, bad, good])
    assert caught.value.file == "bad.csv"


def test_a_my_number_in_the_file_name_is_refused_without_naming_it(tmp_path: Path) -> None:
    number = next(n for n in map(make.my_number, range(99)) if n[4:6] > "12")
    path = tmp_path / f"{number}.csv"
    path.write_bytes(CSV)
    with pytest.raises(InputError) as caught:
        read_batch([path])
    assert number not in caught.value.render("ja") + caught.value.render("en")
    # A time stamp to the minute is no number, even where its last digit fits.
    stamp = next(
        s for m in range(60) if (s := f"2025040112{m:02d}") == make.with_check_digit(s[:11])
    )
    stamped = tmp_path / f"{stamp}.csv"
    stamped.write_bytes(CSV)
    assert read_batch([stamped]).frame.height == 12


def test_control_characters_in_a_file_name_are_made_visible(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\nb.csv"
    path.write_bytes(b"")
    with pytest.raises(InputError) as caught:
        read_batch([path])
    assert caught.value.render("en").startswith("a\\u001b[2J\\u000ab.csv: ")
