"""Whatever bytes come: no exception, and a planted number is still found."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from validator.privacy.guard.chains import candidates

from .asking import N, ask, zipped

HEADS = [b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"PAR1", b"%PDF-1", b"\xff\xfe",
         b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\0", b"{", b'"', b"\x1b$B"]  # fmt: skip


@given(st.sampled_from(HEADS), st.binary(max_size=400), st.booleans())
def test_any_bytes(head: bytes, rest: bytes, strict: bool) -> None:
    found = ask("x", head + rest, strict=strict)
    assert found == ask("x", head + rest, strict=strict)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 3000))
def test_any_damage_to_an_archive(damage: bytes, place: int) -> None:
    data = bytearray(
        zipped(
            **{
                "[Content_Types].xml": "<a/>",
                "xl/workbook.xml": "<w/>",
                "xl/worksheets/s.xml": "<row><c r='A1'/></row>",
            }
        )
    )
    place %= len(data)
    data[place : place + len(damage)] = damage
    assert ask("a.xlsx", bytes(data)) == ask("a.xlsx", bytes(data))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_around_a_number_on_its_own_line(before: str, after: str) -> None:
    text = f"{before}\n番号 {N}\n{after}"
    data = text.encode("utf-8", "surrogatepass")
    refused = ask("a.txt", data)
    # The text around may hold more; it may also make the line part of a quoted cell.
    assert any(reason in ("number", "field", "series") for *_, reason in refused), refused


@given(st.text(alphabet="0123456789 -_.　０９", max_size=120))
def test_candidates_are_digits_in_order(text: str) -> None:
    found = list(candidates(text))
    for one in found:
        assert 11 <= len(one.digits) <= 13 and one.digits.isascii() and one.digits.isdigit()
        assert 0 <= one.start < one.end <= len(text)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_a_member_whose_size_is_a_lie() -> None:
    data = bytearray(zipped(**{"a.txt": "x" * 5000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert archive.infolist()[0].file_size == 5000
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (7).to_bytes(4, "little")
    assert [reason for *_, reason in ask("a.zip", bytes(data))] in (["damaged"], [])
