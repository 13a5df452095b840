"""Telling the format of a submitted file by its content, never by its name."""

from __future__ import annotations

import re
from typing import Literal

from validator.errors import InputError

Format = Literal["text", "xlsx", "parquet", "jsonl", "media"]

_BOM = b"\xef\xbb\xbf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTION = re.compile(rb'^[ \t"]*\[(?:kanri|data)\][ \t",]*\r?$', re.MULTILINE | re.IGNORECASE)

# The employer lines (at most 999) stand between line 1 and [data].
_SECTION_WINDOW = 512 * 1024

_JA_CSV = "「CSV UTF-8(コンマ区切り)」で保存し直してください。"
_EN_CSV = 'save it again as "CSV UTF-8".'

# (leading bytes, what it is in Japanese, in English)
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDFファイル", "a PDF file"),
    (b"\x1f\x8b", "gzip圧縮ファイル", "a gzip archive"),
    (b"BZh", "bzip2圧縮ファイル", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz圧縮ファイル", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip圧縮ファイル", "a 7-Zip archive"),
    (b"Rar!", "RAR圧縮ファイル", "a RAR archive"),
    (b"\x89PNG", "画像ファイル", "an image"),
    (b"\xff\xd8\xff", "画像ファイル", "an image"),
    (b"\x28\xb5\x2f\xfd", "zstd圧縮ファイル", "a zstd archive"),
    (b"ARROW1", "Arrowファイル", "an Arrow file"),
    (b"SQLite format 3\x00", "データベースファイル", "a database file"),
    (b"{\\rtf", "リッチテキスト文書", "a rich-text document"),
)


def detect_format(data: bytes, file: str) -> Format:
    """Tell the format; ``text`` is a delimited table whose separator its header decides.

    Raises InputError, with a remedy, for everything that is no batch format.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if data.startswith(b"PAR1"):
        return "parquet"
    _refuse_foreign(data, file)
    _refuse_wide_text(data, file)
    _refuse_nul(data, file)
    if _SECTION.search(data[:_SECTION_WINDOW]):
        return "media"
    start = data[3:4096] if data.startswith(_BOM) else data[:4096]
    lead = start.lstrip()
    if lead.startswith(b"{"):
        return "jsonl"
    if lead.startswith(b"["):
        raise InputError(
            "JSONの配列です。1行に1件のJSON Linesで出力し直してください。",
            "this is a JSON array; export it as JSON Lines, one object a line.",
            file=file,
        )
    if lead.startswith(b"<"):
        raise InputError(
            "HTMLまたはXMLのファイルです(名前が .xls や .csv でも)。表計算ソフトで開き、" + _JA_CSV,
            "this is HTML or XML, whatever its name says; open it in a spreadsheet and " + _EN_CSV,
            file=file,
        )
    return "text"


def refuse_password(data: bytes, file: str) -> None:
    """InputError (3) for a workbook that takes a password to open."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(
            "パスワード付きのExcelファイルです。パスワードを外して保存し直してください。",
            "this workbook is protected by a password; save it without one.",
            file=file,
        )


def _refuse_foreign(data: bytes, file: str) -> None:
    refuse_password(data, file)
    if data.startswith(_OLE):
        raise InputError(
            "古い形式のOfficeファイル(.xls など)です。「Excelブック(.xlsx)」か" + _JA_CSV,
            "this is an old Office file (.xls or the like); save it as .xlsx or " + _EN_CSV,
            file=file,
        )
    for magic, ja, en in _FOREIGN:
        if data.startswith(magic):
            raise InputError(
                f"{ja}です。表(CSV、XLSX など)か電子媒体届書のファイルを指定してください。",
                f"this is {en}; name a table (CSV, XLSX, ...) or an electronic-media file.",
                file=file,
            )


def _refuse_wide_text(data: bytes, file: str) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(
            "UTF-16(Unicodeテキスト)のファイルです。" + _JA_CSV,
            "this is UTF-16 text; " + _EN_CSV,
            file=file,
        )
    if b"\x1b" in data and b"\x1b$" in data:
        raise InputError(
            "文字コードがJIS(ISO-2022-JP)です。" + _JA_CSV,
            "the text is encoded in ISO-2022-JP; " + _EN_CSV,
            file=file,
            lines=(data.count(b"\n", 0, data.index(b"\x1b$")) + 1,),
        )


def _refuse_nul(data: bytes, file: str) -> None:
    place = data.find(b"\0")
    if place >= 0:
        raise InputError(
            "文字でないデータ(NULバイト)があります。壊れたファイルか、表でないファイルです。"
            "提出元にもう一度出力を依頼してください。",
            "there are NUL bytes; the file is damaged or no table. Ask the sender to export it"
            " again.",
            file=file,
            lines=(data.count(b"\n", 0, place) + 1,),
        )
