"""The strict ladder of encodings: byte order mark, strict UTF-8, strict CP932, refusal.

A whole file is decoded by one codec; nothing is ever replaced.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import Literal

import polars as pl

from validator.errors import InputError

Encoding = Literal["utf-8", "utf-8-sig", "cp932"]

_BOM = b"\xef\xbb\xbf"
_STEP = 1 << 21
_ASCII = rb"[\x00-\x09\x0b-\x7f]"
_WIDE = rb"[\xe0-\xef][\x80-\xbf][\x80-\xbf]"

# A line that is ASCII and three-byte UTF-8 from end to end: kanji or kana of the other codec.
_UTF8_LINE = re.compile(
    rb"\n" + _ASCII + rb"*+" + _WIDE + rb"(?:" + _ASCII + rb"++|" + _WIDE + rb")*+(?=\n|\Z)"
)
# Lead bytes of CP932 kanji that EUC-JP never uses.
_CP932_ONLY = re.compile(rb"[\x81-\x8d\x90-\x9f]")

_JA_SAVE = "一つの文字コード(UTF-8 または Shift_JIS)で保存し直してください。"
_EN_SAVE = "save it again in one encoding (UTF-8 or Shift_JIS)."


@dataclass(frozen=True)
class Text:
    """A decoded file: its encoding and its text as UTF-8 bytes, a byte order mark included."""

    encoding: Encoding
    utf8: bytes


def decode(data: bytes, file: str) -> Text:
    """Decode a text file; raises InputError naming the first line that cannot be decoded."""
    bad_utf8 = first_bad_utf8(data)
    if bad_utf8 is None:
        return Text("utf-8-sig" if data.startswith(_BOM) else "utf-8", data)
    if data.startswith(_BOM):
        raise _mixed(data, bad_utf8, file)
    decoded = _from_cp932(data)
    if isinstance(decoded, int):
        raise _undecodable(data, bad_utf8, decoded, file)
    _refuse_utf8_lines(data, file)
    _refuse_euc_jp(data, file)
    return Text("cp932", decoded)


def decode_media(data: bytes, file: str) -> Text:
    """Decode electronic media, which should be CP932.

    Half-width kana alone can be valid UTF-8 by chance (ﾃｲ is the bytes of ò), so text that has
    only two-byte UTF-8 characters is taken as CP932 where that decodes.
    """
    text = decode(data, file)
    if text.encoding == "utf-8" and not data.isascii() and not re.search(rb"[\xe0-\xf4]", data):
        decoded = _from_cp932(data)
        if isinstance(decoded, bytes):
            return Text("cp932", decoded)
    return text


def first_bad_utf8(data: bytes) -> int | None:
    """Offset of the first byte that is no strict UTF-8, or None."""
    try:
        # Five times as fast as the codec; it raises even where it is asked not to be strict.
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        pass
    else:
        return None
    view, place = memoryview(data), 0
    while place < len(data):
        end = min(place + _STEP, len(data))
        try:
            _, used = codecs.utf_8_decode(view[place:end], "strict", end == len(data))
        except UnicodeDecodeError as exc:
            return place + exc.start
        place += used
    return None


def _from_cp932(data: bytes) -> bytes | int:
    """The text as UTF-8, or the offset of the first byte that is no CP932."""
    out, place = io.BytesIO(), 0
    while place < len(data):
        end = min(place + _STEP, len(data))
        if end < len(data):
            # LF is never the second byte of a CP932 character: a safe place to cut.
            end = data.find(b"\n", end) + 1 or len(data)
        try:
            out.write(data[place:end].decode("cp932").encode("utf-8"))
        except UnicodeDecodeError as exc:
            return place + exc.start
        place = end
    return out.getvalue()


def _refuse_utf8_lines(data: bytes, file: str) -> None:
    # UTF-8 lines among CP932 lines often decode as CP932, into other kanji.
    hit = _UTF8_LINE.search(data) or _UTF8_LINE.match(b"\n" + data[: data.find(b"\n") + 1])
    if hit:
        at_top = hit.string is not data
        raise _mixed(data, 0 if at_top else hit.start() + 1, file)


def _refuse_euc_jp(data: bytes, file: str) -> None:
    if _CP932_ONLY.search(data):
        return
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return
    raise InputError(
        "文字コードがEUC-JPとみられます。" + _JA_SAVE,
        "the text seems to be encoded in EUC-JP; " + _EN_SAVE,
        file=file,
    )


def _undecodable(data: bytes, bad_utf8: int, bad_cp932: int, file: str) -> InputError:
    _refuse_euc_jp(data, file)
    place = max(bad_utf8, bad_cp932)
    if not data[:place].isascii():
        return _mixed(data, place, file)
    return InputError(
        "文字コードがUTF-8でもShift_JIS(CP932)でもありません。" + _JA_SAVE,
        "the text is neither UTF-8 nor Shift_JIS (CP932); " + _EN_SAVE,
        file=file,
        lines=(_line(data, place),),
    )


def _mixed(data: bytes, place: int, file: str) -> InputError:
    return InputError(
        "一つのファイルに二つの文字コードが混ざっているか、文字が壊れています。" + _JA_SAVE,
        "two encodings in one file, or a damaged character; " + _EN_SAVE,
        file=file,
        lines=(_line(data, place),),
    )


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
