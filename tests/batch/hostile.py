"""A seeded stream of hostile and broken batch files.

``hostile_inputs(seed)`` yields (name, bytes, extension), more than 500 of them, always the same for
one seed. Whatever reads them must end in a defined way and never show one of ``secrets(seed)``.
"""

from __future__ import annotations

import gzip
import io
import random
import zlib
from collections.abc import Iterator

import polars as pl

from . import builders as make

Hostile = tuple[str, bytes, str]

_ROWS = 12


def secrets(seed: int) -> list[str]:
    """Personal values in the inputs that may appear in no message."""
    rows = make.people(_ROWS, seed)
    values = [
        row[name] for row in rows for name in ("my_number", "name_kanji", "name_kana", "address")
    ]
    values += [make.my_number(index) for index in range(_ROWS)]
    return sorted({value for value in values if value})


def hostile_inputs(seed: int = 20251201) -> Iterator[Hostile]:
    """All kinds, one after the other."""
    rng = random.Random(seed)
    rows = make.people(_ROWS, seed)
    media = [make.shikaku_shutoku_line(index, 37) for index in range(_ROWS)]
    good: dict[str, tuple[bytes, str]] = {
        "csv": (make.delimited(rows), "csv"),
        "csv-bom": (make.delimited(rows, encoding="utf-8-sig"), "csv"),
        "csv-cp932": (make.delimited(rows, encoding="cp932"), "csv"),
        "csv-quoted": (make.delimited(rows, quote=True), "csv"),
        "tsv": (make.delimited(rows, separator="\t", line_end="\n"), "tsv"),
        "jsonl": (make.json_lines(rows), "jsonl"),
        "kpfd": (make.media("KPFD0006", media), "csv"),
        "shfd": (make.media("SHFD0006", [line[:34] for line in media], tail=b"\x1a"), "csv"),
        "xlsx": (make.xlsx(rows), "xlsx"),
        "parquet": (make.parquet(rows), "parquet"),
    }
    for kind, (data, extension) in good.items():
        yield from _cuts(kind, data, extension, rng)
        yield from _splices(kind, data, extension, rng, [other for other, _ in good.values()])
        yield from _flips(kind, data, extension, rng)
        yield f"{kind}-gzip", gzip.compress(data, mtime=0), extension
    text = {
        kind: good[kind]
        for kind in ("csv", "csv-quoted", "csv-cp932", "tsv", "jsonl", "kpfd", "shfd")
    }
    for kind, (data, extension) in text.items():
        yield from _controls(kind, data, extension, rng)
        yield from _quotes(kind, data, extension, rng)
        yield from _line_ends(kind, data, extension)
        yield from _huge(kind, data, extension)
    yield from _encodings(rows)
    yield from _headers(rows, rng)
    yield from _sections(good["kpfd"][0])
    yield from _archives(good["xlsx"][0])
    yield from _parquets()
    yield from _json(rows)
    yield from _magic()


def _cuts(kind: str, data: bytes, extension: str, rng: random.Random) -> Iterator[Hostile]:
    for number, at in enumerate(sorted(rng.sample(range(len(data)), 12))):
        yield f"{kind}-cut-{number}", data[:at], extension
    yield f"{kind}-headless", data[len(data) // 3 :], extension


def _splices(
    kind: str, data: bytes, extension: str, rng: random.Random, others: list[bytes]
) -> Iterator[Hostile]:
    for number, other in enumerate(others):
        at, start = rng.randrange(len(data)), rng.randrange(len(other))
        yield (
            f"{kind}-splice-{number}",
            data[:at] + other[start : start + 400] + data[at:],
            extension,
        )
    at = rng.randrange(len(data))
    yield f"{kind}-hole", data[:at] + data[at + 37 :], extension
    yield f"{kind}-twice", data + data, extension
    yield f"{kind}-reversed", data[::-1], extension


def _flips(kind: str, data: bytes, extension: str, rng: random.Random) -> Iterator[Hostile]:
    for number in range(8):
        broken = bytearray(data)
        for _ in range(rng.randrange(1, 12)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        yield f"{kind}-flip-{number}", bytes(broken), extension


def _controls(kind: str, data: bytes, extension: str, rng: random.Random) -> Iterator[Hostile]:
    signs = {
        "nul": b"\0",
        "esc": b"\x1b[2J\x1b]0;x\x07",
        "vt": b"\x0b",
        "ff": b"\x0c",
        "sub": b"\x1a",
        "del": b"\x7f",
        "nel": "\u0085".encode(),
        "ls": "\u2028".encode(),
        "rlo": "\u202e".encode(),
        "zwsp": "\u200b".encode(),
        "tag": "\U000e0041".encode(),
        "bom": b"\xef\xbb\xbf",
        "unit": b"\x1f",
        "bell": b"\x07",
    }
    for name, sign in signs.items():
        at = rng.randrange(len(data))
        yield f"{kind}-{name}", data[:at] + sign + data[at:], extension


def _quotes(kind: str, data: bytes, extension: str, rng: random.Random) -> Iterator[Hostile]:
    for number in range(4):
        at = rng.randrange(len(data))
        yield f"{kind}-quote-{number}", data[:at] + b'"' + data[at:], extension
    at = data.index(b"\n") + 1
    yield f"{kind}-quote-first", data[:at] + b'"' + data[at:], extension
    yield f"{kind}-quote-last", data + b'"', extension


def _line_ends(kind: str, data: bytes, extension: str) -> Iterator[Hostile]:
    plain = data.replace(b"\r\n", b"\n")
    yield f"{kind}-cr", plain.replace(b"\n", b"\r"), extension
    yield f"{kind}-crcrlf", plain.replace(b"\n", b"\r\r\n"), extension
    yield f"{kind}-lfcr", plain.replace(b"\n", b"\n\r"), extension
    yield f"{kind}-one-line", plain.replace(b"\n", b" "), extension
    yield f"{kind}-blank-lines", plain.replace(b"\n", b"\n\n\r\n"), extension


def _huge(kind: str, data: bytes, extension: str) -> Iterator[Hostile]:
    at = len(data) // 2
    yield f"{kind}-huge-field", data[:at] + b"x" * 400_000 + data[at:], extension
    yield f"{kind}-many-fields", data[:at] + b"," * 50_000 + data[at:], extension
    yield f"{kind}-huge-header", b"h" * 200_000 + data, extension


def _encodings(rows: list[make.Row]) -> Iterator[Hostile]:
    text = make.delimited(rows).decode()
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "euc_jp", "iso2022_jp"):
        yield f"encoding-{codec}", text.encode(codec, "ignore"), "csv"
    lines = text.splitlines(keepends=True)
    for at in (1, 5, len(lines) - 1):
        mixed = "".join(lines[:at]).encode() + "".join(lines[at:]).encode("cp932")
        yield f"encoding-utf8-then-cp932-{at}", mixed, "csv"
        mixed = "".join(lines[:at]).encode("cp932") + "".join(lines[at:]).encode()
        yield f"encoding-cp932-then-utf8-{at}", mixed, "csv"
    yield "encoding-mojibake", text.encode().decode("cp932", "ignore").encode(), "csv"
    yield "encoding-overlong", text.encode() + b"\xc0\xaf" + b"," * 14, "csv"
    yield "encoding-surrogate", text.encode() + b"\xed\xa0\x80" + b"," * 14, "csv"
    for byte in (0x80, 0xA0, 0xFD, 0xFE, 0xFF):
        yield f"encoding-byte-{byte:02x}", text.encode("cp932") + bytes([byte]) + b"," * 14, "csv"


def _headers(rows: list[make.Row], rng: random.Random) -> Iterator[Hostile]:
    for name in make.ENGLISH:
        without = [header if header != name else "備考" for header in make.ENGLISH]
        yield f"header-without-{name}", make.delimited(rows, headers=without), "csv"
    doubled = {
        "my_number": "個人番号",
        "sex": "ＳＥＸ",
        "address": "住 所",
        "name_kana": "フリガナ",
    }
    for name, other in doubled.items():
        headers = [other if header == "office_name" else header for header in make.ENGLISH]
        yield f"header-doubled-{name}", make.delimited(rows, headers=headers), "csv"
    shuffled = rng.sample(make.ENGLISH, len(make.ENGLISH))
    yield "header-shuffled", make.delimited(rows, headers=shuffled), "csv"
    lines = make.delimited(rows).splitlines(keepends=True)
    yield "header-missing", b"".join(lines[1:]), "csv"
    yield "header-only", lines[0], "csv"
    yield "header-twice", lines[0] + b"".join(lines), "csv"
    yield "header-semicolons", b"".join(lines).replace(b",", b";"), "csv"
    yield "header-spaces", b"".join(lines).replace(b",", b" "), "csv"
    yield "header-cut", lines[0][:30], "csv"
    yield "header-form", b"form," + lines[0] + b"".join(b"x," + line for line in lines[1:]), "csv"


def _sections(media: bytes) -> Iterator[Hostile]:
    lines = media.split(b"\r\n")
    for at in range(6):
        yield f"media-without-line-{at + 1}", b"\r\n".join(lines[:at] + lines[at + 1 :]), "csv"
        yield f"media-double-line-{at + 1}", b"\r\n".join(lines[: at + 1] + lines[at:]), "csv"
    for code in (b"2225700", b"2201700", b"2202700", b"22007041", b"9999999", b"", b"2200700 "):
        yield f"media-code-{code.decode()}", media.replace(b"2200700", code), "csv"
    for fields in (33, 34, 35, 36, 37, 38):
        cut = [line + b"," * (fields - 37) for line in lines[5:-1]]
        cut = [b",".join(line.split(b",")[:fields]) for line in cut]
        yield f"media-{fields}-fields", b"\r\n".join([*lines[:5], *cut, b""]), "csv"
    yield "media-padded", media.replace(b"[kanri]", b"[kanri],,,"), "csv"
    yield "media-utf8", media.decode("cp932").encode(), "csv"
    yield "media-sections-only", b"x\r\n[kanri]\r\n[data]\r\n", "csv"


def _archives(book: bytes) -> Iterator[Hostile]:
    def changed(name: str, content: bytes | None = None, **edits: bytes) -> bytes:
        members = list(make.unpacked(book).items())
        if content is not None:
            return make.packed([*members, (name, content)])
        return make.packed(
            (member, data.replace(edits["old"], edits["new"], 1) if member == name else data)
            for member, data in members
        )

    sheet = "xl/worksheets/sheet1.xml"
    for place in (b"XFD1048576", b"XFD2", b"A1048576", b"ZZZZ9", b"A99999999", b"GS2", b"a2", b""):
        data = changed(sheet, old=b'r="A2"', new=b'r="' + place + b'"')
        yield f"xlsx-cell-{place.decode() or 'none'}", data, "xlsx"
    for name, new in {
        "doctype": b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet",
        "laughs": b"<!DOCTYPE a [<!ENTITY b 'ccc'><!ENTITY d '&b;&b;'>]><worksheet",
        "not-xml": b"<<worksheet",
        "empty": b"",
    }.items():
        yield f"xlsx-{name}", changed(sheet, old=b"<worksheet", new=new), "xlsx"
    for name in (
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "../up.xml",
        "/abs.xml",
        "xl\\back.xml",
        sheet,
        sheet.upper(),
    ):
        yield f"xlsx-member-{name.replace('/', '-')}", changed(name, b"<a/>"), "xlsx"
    yield "xlsx-bomb", changed("xl/media/a.bin", b"\0" * (8 << 20)), "xlsx"
    yield "xlsx-bomb-xml", changed("xl/sharedStrings.xml", b"<a/>" + b" " * (8 << 20)), "xlsx"
    yield "xlsx-members", make.packed((f"xl/{n}", b"") for n in range(2_100)), "xlsx"
    yield "xlsx-utf16-part", changed("xl/x.xml", "<!DOCTYPE a>".encode("utf-16")), "xlsx"
    lied = bytearray(book)
    at = lied.rindex(b"PK\x01\x02")
    lied[at + 24 : at + 28] = (1 << 31).to_bytes(4, "little")
    yield "xlsx-lying-size", bytes(lied), "xlsx"
    flagged = bytearray(book)
    for at in (index for index in range(len(book)) if book[index : index + 4] == b"PK\x01\x02"):
        flagged[at + 8] |= 1
    yield "xlsx-encrypted-flag", bytes(flagged), "xlsx"
    two = make.workbook([make.ENGLISH])
    two.create_sheet("b")["A1"] = "x"
    yield "xlsx-two-sheets", make.saved(two), "xlsx"
    yield "xlsx-no-data", make.saved(make.workbook([])), "xlsx"
    yield "xlsx-header-only", make.saved(make.workbook([make.ENGLISH])), "xlsx"
    yield (
        "xlsx-header-in-row-3",
        make.saved(make.workbook([["名簿"], [], make.ENGLISH, ["1"]])),
        "xlsx",
    )
    yield "xlsx-numbers", make.saved(make.workbook([make.ENGLISH, list(range(15))])), "xlsx"


def _parquets() -> Iterator[Hostile]:
    def stored(frame: pl.DataFrame) -> bytes:
        buffer = io.BytesIO()
        frame.write_parquet(buffer)
        return buffer.getvalue()

    names = ["my_number", "name_kanji", "name_kana", "birth_date", "sex", "address"]
    yield "parquet-binary", stored(pl.DataFrame({name: [b"\xff"] for name in names})), "parquet"
    yield "parquet-lists", stored(pl.DataFrame({name: [["1"]] for name in names})), "parquet"
    yield "parquet-structs", stored(pl.DataFrame({name: [{"a": 1}] for name in names})), "parquet"
    yield "parquet-no-rows", stored(pl.DataFrame(schema=dict.fromkeys(names, pl.String))), "parquet"
    yield "parquet-nulls", stored(pl.DataFrame({name: [None] * 3 for name in names})), "parquet"
    many = pl.DataFrame({name: pl.repeat("1", 2_000_000, eager=True) for name in names})
    yield "parquet-run-lengths", stored(many), "parquet"
    yield "parquet-wide", stored(pl.DataFrame({f"c{i}": ["1"] for i in range(1_200)})), "parquet"
    yield "parquet-magic-only", b"PAR1PAR1PAR1", "parquet"
    yield "parquet-long-footer", b"PAR1" + b"\0" * 40 + b"\xff\xff\xff\x7fPAR1", "parquet"


def _json(rows: list[make.Row]) -> Iterator[Hostile]:
    good = make.json_lines(rows)
    odd = {
        "array": b"[" + good.replace(b"}\n", b"},") + b"]",
        "deep": b'{"a":' * 50_000,
        "deep-list": b'{"a":' + b"[" * 50_000,
        "big-number": b'{"my_number": ' + b"9" * 20_000 + b"}\n",
        "exponent": b'{"my_number": 1e999999}\n',
        "infinity": b'{"my_number": Infinity}\n',
        "surrogate": b'{"name_kanji": "\\ud842"}\n',
        "nul-escape": b'{"name_kanji": "\\u0000"}\n',
        "double-key": b'{"sex": "1", "sex": "2"}\n',
        "many-keys": b"{" + b",".join(b'"k%d": "1"' % n for n in range(3_000)) + b"}\n",
        "empty-object": b"{}\n",
        "empty-key": b'{"": "x"}\n',
        "two-on-a-line": good.replace(b"}\n{", b"}{", 1),
        "trailing-comma": good.replace(b"}\n", b",}\n", 1),
        "comment": b"{} // x\n",
    }
    for name, line in odd.items():
        yield f"jsonl-{name}", line, "jsonl"
        yield f"jsonl-{name}-behind-good-lines", good + line, "jsonl"


def _magic() -> Iterator[Hostile]:
    rng = random.Random(7)
    for name, data in {
        "empty": b"",
        "newline": b"\n",
        "blank-lines": b"\r\n" * 50,
        "space": b" ",
        "nul": b"\0",
        "bom": b"\xef\xbb\xbf",
        "comma": b",",
        "commas": b",,,\n,,,\n",
        "quote": b'"',
        "pdf": b"%PDF-1.4\n",
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        "zip-end": b"PK\x05\x06" + b"\0" * 18,
        "zip-start": b"PK\x03\x04",
        "par1": b"PAR1",
        "sqlite": b"SQLite format 3\0" + b"\0" * 84,
        "html": b"<table><tr><td>x</td></tr></table>",
        "xml": b"<?xml version='1.0'?><a/>",
        "rtf": b"{\\rtf1 x}",
        "zlib": zlib.compress(b"x" * 99),
        "random": rng.randbytes(3_000),
        "random-text": bytes(rng.choices(range(32, 127), k=3_000)),
        "word": make.packed([("word/document.xml", b"<a/>")]),
        "ods": make.packed([("content.xml", b"<a/>")]),
    }.items():
        yield f"magic-{name}", data, "csv"
