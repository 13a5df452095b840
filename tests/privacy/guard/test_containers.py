"""Numbers inside other files, and files that cannot be looked into."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from clean_record import number

from .asking import OTHERS, WRONG, N, ask, fours, reasons, wide, zipped

TEXT = f"見本　太郎\n番号 {N}\n"


def tarred(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def workbook(*rows: list[object], title: str = "届書", hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if hidden:
        book.active["A1"] = "表紙"
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden"
    else:
        sheet = book.active
        sheet.title = title
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "zip": lambda data: zipped(**{"a.txt": data}),
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "tar": lambda data: tarred(**{"a.txt": data}),
}


@pytest.mark.parametrize("outer", PACKED)
@pytest.mark.parametrize("inner", [*PACKED, "xlsx", "parquet", "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_two_levels(outer: str, inner: str, encoding: str) -> None:
    if inner == "xlsx":
        data = workbook(["番号"], [N])
    elif inner == "parquet":
        buffer = io.BytesIO()
        pl.DataFrame({"番号": [N, None]}).write_parquet(buffer)
        data = buffer.getvalue()
    else:
        data = TEXT.encode(encoding)
        data = PACKED[inner](data) if inner != "plain" else data
    found = ask("x.bin", PACKED[outer](data))
    assert [reason for *_, reason in found] == ["number"]
    assert all(N not in member for member, *_ in found)
    clean = PACKED[outer](PACKED[inner](b"nothing") if inner in PACKED else b"nothing")
    assert ask("x.bin", clean) == []


def test_members_are_named_with_their_line() -> None:
    nested = zipped(**{"届/内.zip": zipped(**{"a.txt": TEXT}), "b.txt": "none"})
    assert ask("x.zip", nested) == [("届/内.zip!a.txt", 2, 4, "number")]
    assert ask("a.csv.gz", gzip.compress(TEXT.encode())) == [("a.csv", 2, 4, "number")]


def test_names_of_members() -> None:
    assert reasons("x.zip", zipped(**{f"{N}.txt": "x"})) == ["file_name"]
    assert reasons("x.tar", tarred(**{f"{fours(N, '_')}.txt": b"x"})) == ["file_name"]


@pytest.mark.parametrize(
    "value", [N, int(number(31415926535)), wide(N), fours(N, "-"), f"番号は{N}"]
)
@pytest.mark.parametrize("hidden", [False, True])
def test_cells_of_workbooks(value: object, hidden: bool) -> None:
    data = workbook(["氏名", "番号"], ["見本　太郎", "x"], ["見本　花子", value], hidden=hidden)
    assert [found[:3] for found in ask("a.xlsx", data)] == [("届書", 3, 2)]


def test_columns_and_fields_of_workbooks() -> None:
    table = workbook(["届書"], [], ["氏名", "個人番号"], ["見本", WRONG], ["見本", int(WRONG[1:])])
    assert ask("a.xlsx", table) == [("届書", 4, 2, "field"), ("届書", 5, 2, "field")]
    form = workbook(["氏名", "見本"], ["マイナンバー", None, WRONG])
    assert ask("a.xlsx", form) == [("届書", 2, 3, "field")]
    boxes = workbook(["個人番号", *[int(d) for d in N]])
    assert reasons("a.xlsx", boxes) == ["field"]
    assert ask("a.xlsx", workbook([*[int(d) for d in N]])) == []
    assert ask("a.xlsx", workbook(["注文番号"], [OTHERS[0]], ["法人番号"], ["7000012050002"])) == []


def with_shared_strings(*rows: list[str]) -> bytes:
    """As Excel writes it: the texts in a part of their own."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("届書")
        for number_, row in enumerate(rows):
            sheet.write_row(number_, 0, row)
    return buffer.getvalue()


def altered(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def test_a_number_spread_over_the_runs_of_a_cell() -> None:
    data = with_shared_strings(["氏名", "番号"], ["見本", "HERE"])
    runs = f"<r><t>{N[:5]}</t></r><r><t>{N[5:]}</t></r>".encode()
    split = altered(data, lambda n, p: p.replace(b"<t>HERE</t>", runs) if "shared" in n else p)
    assert ask("a.xlsx", split) == [("届書", 2, 2, "number")]


def test_texts_that_no_cell_uses_any_more() -> None:
    data = with_shared_strings(["氏名", "番号"], ["見本", "x"])
    left = f"<si><t>{N}</t></si></sst>".encode()
    kept = altered(data, lambda n, p: p.replace(b"</sst>", left) if "shared" in n else p)
    assert ask("a.xlsx", kept) == [("xl/sharedStrings.xml", 5, 1, "number")]


def test_documents_by_their_paragraphs() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"
        for runs in (["届書"], ["個人", "番号"], [WRONG[:6], WRONG[6:]])
    )
    data = zipped(**{
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    })  # fmt: skip
    assert ask("a.docx", data) == [("word/document.xml", 3, 1, "field")]
    broken = altered(data, lambda n, p: p.replace(b"</w:document>", N.encode()))
    assert "number" in reasons("a.docx", broken)


def test_base64() -> None:
    for encoding in ("utf-8", "cp932", "utf-16"):
        plain = f"個人番号は {wide(N)} です。".encode(encoding)
        block = base64.encodebytes(plain * 3).decode()
        assert ask("mail.eml", f"To: x\n\n{block}\n") == [("", 3, 0, "field")]
        assert len(ask("a.json", f'{{"body":"{base64.b64encode(plain).decode()}"}}')) == 1
    assert len(ask("a.txt", f"k={base64.urlsafe_b64encode(N.encode()).decode()}")) == 1
    assert len(ask("a.txt", base64.encodebytes(workbook(["番号"], [N])).decode())) == 1
    hidden = "\n".join(base64.b64encode(f"row {n:020} {n}".encode()).decode() for n in range(9))
    assert ask("a.txt", hidden) == []
    assert (
        len(
            ask(
                "a.txt", f"{hidden}\n{base64.b64encode(f'the number is now {N}'.encode()).decode()}"
            )
        )
        == 1
    )


def pdf(content: bytes, *, packed: bool = True) -> bytes:
    stream = zlib.compress(content) if packed else content
    return b"%%PDF-1.4\n1 0 obj <</Length %d>> stream\n%s\nendstream endobj\n%%%%EOF" % (
        len(stream),
        stream,
    )


def test_texts_of_a_pdf() -> None:
    shown = f"BT /F1 12 Tf 72 700 Td ({N[:6]}) Tj [({N[6:]})] TJ ET".encode()
    for packed in (True, False):
        assert reasons("a.pdf", pdf(shown, packed=packed)) == ["number"]
    hexadecimal = f"BT <{N.encode().hex()}> Tj ET".encode()
    assert reasons("a.pdf", pdf(hexadecimal)) == ["number"]
    assert ask("a.pdf", pdf(b"BT (2026) Tj 0 0 Td (1123) Tj ET")) == []
    assert reasons("a.pdf", pdf(shown) + b"\ntrailer <</Encrypt 5 0 R>>") == ["encrypted"]


def test_old_office_files() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    assert reasons("a.xls", ole + f"番号{N}".encode("utf-16-le") + b"\0" * 99) == ["number"]
    assert reasons("a.xls", ole + b"\0" + "EncryptedPackage".encode("utf-16-le")) == ["encrypted"]
    assert ask("a.xls", ole) == []


def test_a_database() -> None:
    assert reasons("a.db", b"SQLite format 3\0" + bytes(range(32)) * 20 + TEXT.encode()) == [
        "number"
    ]


def test_what_cannot_be_looked_into_is_refused_with_the_reason() -> None:
    data = zipped(**{"a.txt": "x"})
    locked = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[data.index(mark) + place] |= 1
    assert reasons("a.zip", bytes(locked)) == ["encrypted"]
    assert reasons("a.zip", data[:-30]) == ["damaged"]
    assert reasons("a.gz", gzip.compress(TEXT.encode())[:-9]) == ["damaged"]
    assert reasons("a.parquet", b"PAR1" + b"\0" * 50) == ["damaged"]
    deep = b"x"
    for _ in range(7):
        deep = zipped(**{"a.zip": deep})
    assert reasons("a.zip", deep) == ["too_deep"]
    for head in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\0", b"\x28\xb5\x2f\xfd", b"\x1a\x05-lh5-"):
        assert reasons("a.dat", head + b"x" * 99) == ["no_reader"]


def test_bombs() -> None:
    zeros = b"\0" * (64 << 20)
    assert reasons("a.zip", zipped(**{"a.txt": zeros})) == ["too_large"]
    assert reasons("a.gz", gzip.compress(zeros)) == ["too_large"]
    assert reasons("a.zip", zipped(**{"a.gz": gzip.compress(zeros)})) == ["too_large"]
    sheet = re.compile(r"sheet1")
    bomb = altered(workbook(["x"]), lambda n, p: p + b" " * (64 << 20) if sheet.search(n) else p)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert reasons("a.xlsx", packed.getvalue()) == ["too_large"]


def test_entities_are_not_followed() -> None:
    laughs = b'<!DOCTYPE s [<!ENTITY a "ha">]><sst><si><t>&a;</t></si></sst>'
    data = altered(
        with_shared_strings(["氏名"], ["x"]), lambda n, p: laughs if "shared" in n else p
    )
    assert reasons("a.xlsx", data) == ["damaged"]
