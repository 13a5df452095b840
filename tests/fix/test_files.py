"""Files of every format: what is not fixed stays byte for byte."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from clean_record import MEDIA_ITEMS, OWN, RECORD, media_line, write_media, write_workbook

from validator.batch.opening import submitted_of_bytes
from validator.errors import InputError
from validator.fix import Fixed, fix_bytes
from validator.forms.load import default_forms

HEADER = "個人番号,氏名（漢字）,氏名（カナ）,生年月日,性別,郵便番号,住所,備考欄その他"
DIRTY = f'{OWN[:4]} {OWN[4:8]} {OWN[8:]},見本　太郎,"ﾐﾎﾝ ﾀﾛｳ",昭和60年4月1日,男,１３５－００６１," 東京都江東区豊洲1-2 ", ﾒﾓ '
CLEAN = f'{OWN},見本　太郎,"ミホン タロウ",1985-04-01,1,135-0061,"東京都江東区豊洲1-2", ﾒﾓ '
LINE_RULES = [
    "number_notation",
    "kana_width",
    "date_notation",
    "sex_code",
    "postal_notation",
    "outer_spaces",
]


def fix(data: bytes, name: str = "batch.csv") -> Fixed:
    return fix_bytes(submitted_of_bytes(Path(name), data), default_forms(), None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("final", [True, False])
def test_delimited(encoding: str, end: str, separator: str, final: bool) -> None:
    other = '"","メモ ""x"", 一行目' + end + '二行目",,1985/4/1x,"","",,'
    lines = [HEADER, DIRTY, "", other, DIRTY, CLEAN]
    wanted = [HEADER, CLEAN, "", other, CLEAN, CLEAN]

    def text(rows: list[str]) -> bytes:
        written = end.join(
            r.replace(",", separator)
            if r != other
            else r.replace('",', f'"{separator}')
            .replace(",1985", f"{separator}1985")
            .replace(",,", separator * 2)
            .replace(f"{separator},", separator * 2)
            .replace('x,"', f'x{separator}"')
            for r in rows
        )
        return (written + (end if final else "")).encode(encoding)

    data = text(lines)
    fixed = fix(data)
    assert fixed.data == text(wanted)
    assert [(c.line, c.position) for c in fixed.changes] == [
        (n, p) for n in (2, 6) for p in (0, 2, 3, 4, 5, 6)
    ]
    assert [rule for c in fixed.changes[:6] for rule in c.rules] == LINE_RULES
    again = fix(fixed.data)
    assert again.data == fixed.data and not again.changes


def test_json_lines_keep_their_layout() -> None:
    line = '{ "my_number":"%s", "birth_date" : "S60.4.1","sex": 1, "name_kanji":"a\\"b", "name_kana":"ﾐﾎﾝ","address":" x ","extra":" y " }'
    spaced = f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}"
    data = (line % spaced + "\r\n\n" + line % OWN + "\n").encode()
    fixed = fix(data)
    wanted = line.replace("S60.4.1", "1985-04-01").replace("ﾐﾎﾝ", "ミホン").replace(" x ", "x")
    assert fixed.data == (wanted % OWN + "\r\n\n" + wanted % OWN + "\n").encode()
    escaped = json.dumps({"my_number": spaced, "name_kanji": "見本", "name_kana": "ﾐﾎﾝ"}).encode()
    assert json.loads(fix(escaped).data) == {
        "my_number": OWN,
        "name_kanji": "見本",
        "name_kana": "ミホン",
    }
    assert fix(escaped).data.isascii()


def test_parquet_keeps_types() -> None:
    frame = pl.DataFrame({
        "my_number": [f"{OWN[:4]} {OWN[4:]}", OWN, None], "birth_date": ["1985/4/1", "", None],
        "sex": [1, 2, None], "name_kana": pl.Series(["ﾐﾎﾝ", "ミホン", "ﾐﾎﾝ"], dtype=pl.Categorical),
        "note": [" a", "b", None],
    })  # fmt: skip
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    fixed = pl.read_parquet(io.BytesIO(fix(buffer.getvalue()).data))
    assert fixed.schema == frame.schema
    assert fixed.rows() == [
        (OWN, "1985-04-01", 1, "ミホン", " a"),
        (OWN, "", 2, "ミホン", "b"),
        (None, None, None, "ミホン", None),
    ]


def test_workbooks_keep_everything_else(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["個人番号", "氏名（漢字）", "氏名（カナ）", "生年月日", "性別", "住所", "社内メモ"]
    )
    sheet.append(
        [f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}", "見本", "ﾐﾎﾝ", "S60.4.1", "男", " a<b&c ", " x "]
    )
    sheet.append([int(OWN), "見本", "ミホン", 31138, 1, "a", None])
    sheet["A2"].number_format, sheet["D2"].font = "@", openpyxl.styles.Font(bold=True)
    sheet.column_dimensions["A"].width = 33
    book.save(tmp_path / "b.xlsx")
    data = (tmp_path / "b.xlsx").read_bytes()
    fixed = fix(data, "b.xlsx")
    assert [c.line for c in fixed.changes] == [2] * 5
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(fixed.data)) as new:
        assert old.namelist() == new.namelist()
        changed = [n for n in old.namelist() if old.read(n) != new.read(n)]
    assert changed == ["xl/worksheets/sheet1.xml"]
    after = openpyxl.load_workbook(io.BytesIO(fixed.data)).active
    assert [c.value for c in after[2]] == [OWN, "見本", "ミホン", "1985-04-01", "1", "a<b&c", " x "]
    assert [c.value for c in after[3]] == [int(OWN), "見本", "ミホン", 31138, 1, "a", None]
    assert after["A2"].number_format == "@" and after["D2"].font.bold
    assert fix(fixed.data, "b.xlsx").data == fixed.data


def test_a_formula_stays(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "b.xlsx", [{**RECORD, "name_kana": "ﾐﾎﾝ", "sex": "男"}], formula="name_kana"
    )
    assert [c.column for c in fix(path.read_bytes(), "b.xlsx").changes] == ["sex"]


def test_media_in_the_width_of_the_layout(tmp_path: Path) -> None:
    dirty = {
        7: "ミホン　タロウ",
        8: "見本 太郎",
        11: "１",
        13: f"{OWN[:4]} {OWN[4:]}",
        10: "６００４０１",
        32: "東京都江東区豊洲1-2-27 ",
        28: " 備考 ",
    }
    path = write_media(tmp_path / "KPFD0006.CSV", [media_line(dirty), media_line()])
    data = path.read_bytes()
    fixed = fix(data, "KPFD0006.CSV")
    own = {**MEDIA_ITEMS, 32: "東京都江東区豊洲１－２－２７", 28: "備考"}
    assert fixed.data == data.replace(
        media_line(dirty).encode("cp932"), media_line(own).encode("cp932")
    )
    assert {c.line for c in fixed.changes} == {6}
    assert not fix(fixed.data, "KPFD0006.CSV").changes
    too_long = media_line({8: "ABCDEFGHIJKLMN"})
    assert fix(write_media(tmp_path / "x", [too_long]).read_bytes()).changes == ()


def test_audit_tells_no_number(tmp_path: Path) -> None:
    stray = f"{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}"
    rows = f"個人番号,氏名（漢字）,氏名（カナ）,生年月日,電話番号\n{stray},見本,ﾐﾎﾝ,S60.4.1,０３－１２３４\n１２３４５６７８９０１２,見本 ,ﾐﾎﾝ,,{stray.replace('-', '－')}\n{OWN[:4]} {OWN[4:]} ,{stray} ,x,,\n"
    audit = fix(rows.encode()).audit()
    assert audit.columns == ["file", "sheet", "line", "column", "rule", "before", "after"]
    text = audit.write_csv()
    assert (
        OWN[:6] not in text and OWN[6:] not in text and OWN[4:8] not in text and "５６" not in text
    )
    told = audit.select("line", "column", "rule", "before", "after").rows()
    assert told[0] == (2, "my_number", "number_notation", "ハイフン: 5,10文字目", "半角数字のみ")
    assert (2, "birth_date", "date_notation", "S60.4.1", "1985-04-01") in told
    assert (3, "my_number", "number_notation", "全角: 1-12文字目", "半角数字のみ") in told


def test_nothing_to_fix_gives_the_same_bytes() -> None:
    data = f"{HEADER}\n{CLEAN}\n".encode()
    assert fix(data).data is data or fix(data).data == data


def test_what_the_check_cannot_read_is_refused() -> None:
    for data in (b"a,b\n1,2\n", "個人番号,氏名\n1,2,3\n".encode(), b"%PDF-1.4", b"\xff\xfea"):
        with pytest.raises(InputError):
            fix(data)
