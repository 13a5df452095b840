"""One number is found in every encoding, width and separation."""

from __future__ import annotations

import pytest

from .asking import N, ask, fours, wide

ENCODINGS = [
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp", "iso2022_jp",
]  # fmt: skip
SEPARATORS = [
    " ", "　", "\u00a0", "\u2003", "\u202f", "\u200b", "\u200d", "\ufeff", "-", "‐", "‑", "‒", "–", "—", "―",
    "−", "－", "ー", "ｰ", "─", ".", "．", "・", "·", "_", " - ", " － ",
]  # fmt: skip
TEXTS = [
    "田中さんの番号は{}です。\n",
    "一行目\n二行目 {}\n",
    "{}",
    "個人番号：{}",
    "氏名,住所,番号\n見本　太郎,東京都江東区豊洲,{}\n",
    "氏名\t個人番号\n見本\t{}\n",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_encoding(encoding: str, text: str) -> None:
    for written in (N, wide(N), fours(N, "-"), wide(fours(N, "－")), fours(N, "　")):
        # JIS has the minus sign where CP932 has the full-width hyphen.
        dash = "－" if encoding == "cp932" or encoding.startswith("utf") else "−"
        data = text.format(written.replace("－", dash)).encode(encoding)
        found = ask("memo.txt", data)
        assert len(found) == 1, (written is N, found)
        assert found[0][1] == text.partition("{}")[0].count("\n") + 1


@pytest.mark.parametrize("mark", SEPARATORS)
def test_every_separator(mark: str) -> None:
    assert len(ask("a.txt", f"番号 {fours(N, mark)} 以上")) == 1
    assert len(ask("a.txt", f"番号 {fours(wide(N), mark)} 以上")) == 1


def test_digits_of_other_scripts() -> None:
    for zero in ("０", "٠", "𝟎", "𝟶", "०"):
        shifted = "".join(chr(ord(zero) + int(d)) for d in N)
        assert len(ask("a.txt", f"番号 {shifted}")) == 1


def test_a_byte_that_fits_no_encoding_hides_nothing() -> None:
    for data in (b"\xff\xfe\xfd" * 3, b"\x81\x00", b"\xe3\x81"):
        for written in (N.encode(), wide(N).encode(), wide(N).encode("cp932")):
            assert ask("a.txt", "番号".encode() + data + b"\n" + written + b"\n")


def test_one_digit_a_box_counts_behind_a_label() -> None:
    spaced = " ".join(N)
    assert len(ask("a.txt", f"個人番号 {spaced}")) == 1
    assert ask("a.txt", f"値 {spaced}") == []


def test_place_counts_lines_and_characters() -> None:
    assert ask("a.txt", f"あ\r\nいう番号{N}\r\n") == [("", 2, 5, "number")]
    assert ask("a.csv", f'"a\nb",x\n氏名,{N}\n')[0][1:3] == (3, 4)


def test_a_line_of_ten_megabytes() -> None:
    filler = "あ" * 1_500_000
    assert ask("a.txt", f"{filler} 番号 {fours(N, ' ')} {filler}")[0][1] == 1
