"""Looking through a workbook before any parser sees it.

Every part is inflated here under limits and searched for what a table never has: document type
definitions, macros, embedded objects, links to other files, cells far outside. The parser behind
this would take gigabytes or abort the process on such files.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from validator.errors import InputError

_MAX_MEMBERS = 2_000
_MAX_PART = 256 << 20
_MAX_TOTAL = 512 << 20
_MAX_RATIO = 200
_SMALL_PART = 4 << 20
_MAX_COLUMNS = 200
_MAX_TEXT = 512 << 20
_FREE_AREA = 2_000_000
_STEP = 1 << 16

_FORBIDDEN_PARTS = re.compile(
    r"(?:^|/)(?:vbaProject|externalLinks?/|embeddings/|activeX/|oleObject|ctrlProps/|macrosheets/"
    r"|dialogsheets/)",
    re.IGNORECASE,
)
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"']")
_PLACED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]+)(\d+)[\"']")
# Columns behind GR, the 200th.
_FAR_COLUMN = re.compile(rb"\br=[\"'](?:G[S-Z]|[H-Z][A-Z]|[A-Z]{3,})\d+[\"']")
_ODD_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\br=[\"'](?![A-Z]{0,3}[0-9]{1,7}[\"'])")


@dataclass(frozen=True)
class Workbook:
    """The parts of a workbook that passed, inflated, by name."""

    parts: dict[str, bytes]


def inspect_workbook(data: bytes, file: str) -> Workbook:
    """Inflate and search a workbook; raises InputError, with a remedy, for anything hostile."""
    parts = _inflate(data, file)
    if "xl/workbook.xml" not in parts:
        raise InputError(
            "Excelブック(.xlsx)ではないZIPファイルです。中のファイルを取り出すか、"
            ".xlsx か CSV UTF-8 で保存し直してください。",
            "this ZIP file is no .xlsx workbook; unpack it, or save the sheet as .xlsx or"
            " CSV UTF-8.",
            file=file,
        )
    for name, part in parts.items():
        _search_part(name, part, file)
    for name, part in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _search_sheet(part, file)
    _search_shared_strings(parts, file)
    return Workbook(parts)


def _inflate(data: bytes, file: str) -> dict[str, bytes]:
    damaged = InputError(
        "Excelファイルが壊れているか、途中で切れています。Excelで開いて保存し直してください。",
        "the workbook is damaged or truncated; open it in Excel and save it again.",
        file=file,
    )
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS:
                raise _hostile("部品が多すぎます", "too many parts", file)
            if len({member.filename.casefold() for member in members}) != len(members):
                raise _hostile("同じ名前の部品が二つあります", "two parts with one name", file)
            left = _MAX_TOTAL
            for member in members:
                if member.flag_bits & 0x1:
                    raise _hostile("暗号化されています", "it is encrypted", file)
                if member.is_dir():
                    continue
                _refuse_name(member.filename, file)
                part = _inflate_part(archive, member, min(_MAX_PART, left), file)
                left -= len(part)
                parts[member.filename] = part
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        IndexError,
        OverflowError,
        MemoryError,
    ):
        raise damaged from None
    return parts


def _inflate_part(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int, file: str
) -> bytes:
    out = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_STEP):
            out += chunk
            expands = len(out) > _SMALL_PART and len(out) > _MAX_RATIO * member.compress_size
            if len(out) > limit or expands:
                raise _hostile("展開すると異常に大きくなります", "it inflates absurdly", file)
    return bytes(out)


def _refuse_name(name: str, file: str) -> None:
    if name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name:
        raise _hostile("不正な部品名があります", "a part has an unlawful name", file)
    if _FORBIDDEN_PARTS.search(name):
        raise InputError(
            "マクロ、埋め込みオブジェクト、または外部リンクがあります。値だけを新しいブックに貼り付け、"
            "「Excelブック(.xlsx)」で保存してください。",
            "the workbook has macros, embedded objects or external links; paste the values into a"
            " new workbook and save it as .xlsx.",
            file=file,
        )


def _search_part(name: str, part: bytes, file: str) -> None:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in part[:256]:
        raise _hostile("部品の文字コードがUTF-8ではありません", "a part is not UTF-8", file)
    if _DTD.search(part):
        raise _hostile("文書型宣言があります", "it has a document type definition", file)
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError:
        raise _hostile("部品が壊れています", "a part is damaged", file) from None
    if name.endswith(".rels"):
        for link in _RELATIONSHIP.findall(part):
            # A hyperlink on a mail address is common and never followed.
            if re.search(rb"TargetMode=[\"']External", link) and b"/hyperlink" not in link:
                raise _hostile("外部ファイルへの参照があります", "it refers to another file", file)


def _search_sheet(part: bytes, file: str) -> None:
    if _ODD_PLACE.search(part):
        raise _hostile("セル番地が不正です", "a cell has an unlawful place", file)
    if _FAR_COLUMN.search(part):
        raise _far(file)
    rows = max(part.count(b"<row") + part.count(b":row"), 1)
    cells, last, columns = 0, 0, set[bytes]()
    for place in _PLACED_CELL.finditer(part):
        cells += 1
        columns.add(place[1])
        last = max(last, int(place[2]))
    last = max(last, max((int(row) for row in set(_ROW.findall(part))), default=0))
    if last > 1_048_576 or last > 10 * rows + 10_000:
        raise _far(file)
    # The parser fills the whole rectangle from A1 to the last cell.
    if last * max((_column(letters) for letters in columns), default=1) > 50 * cells + _FREE_AREA:
        raise _far(file)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _search_shared_strings(parts: dict[str, bytes], file: str) -> None:
    # One long string may be used by every cell; its length counts each time.
    strings = parts.get("xl/sharedStrings.xml", b"")
    longest = max((len(one) for one in strings.split(b"</si>")), default=0)
    uses = sum(
        len(re.findall(rb"\bt=[\"']s[\"']", part))
        for name, part in parts.items()
        if name.startswith("xl/worksheets/")
    )
    if longest * uses <= _MAX_TEXT:
        return
    lengths = [len(one) for one in re.split(rb"</(?:\w+:)?si>", strings)]
    total = 0
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            pattern = rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d+)"
            for index in re.findall(pattern, part):
                total += lengths[int(index)] if int(index) < len(lengths) else 0
    if total > _MAX_TEXT:
        raise _hostile("文字列が異常に長くなります", "its text expands absurdly", file)


def _hostile(ja: str, en: str, file: str) -> InputError:
    return InputError(
        f"Excelファイルを安全に読めません({ja})。値だけを新しいブックに貼り付けて保存し直してください。",
        f"the workbook cannot be read safely ({en}); paste the values into a new workbook and save"
        " it again.",
        file=file,
    )


def _far(file: str) -> InputError:
    return InputError(
        "表から遠く離れたセルにデータや書式があります(上限 200列)。不要な行と列を削除し、"
        "保存し直してください。",
        "there are cells far outside the table (limit 200 columns); delete the surplus rows and"
        " columns and save it again.",
        file=file,
    )
