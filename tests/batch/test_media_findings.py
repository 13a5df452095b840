"""Electronic media through the whole check: what the layouts find, what they leave alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, media_line, number, write_media, wrong_number

from shikaku_world.media_lines import AS_OF as WORLD_DAY
from shikaku_world.media_lines import ITEMS, media_file, media_lines
from validator.batch import read_batch
from validator.batch.layouts import form_layouts
from validator.checking import Checked, Options, check_files
from validator.rules import all_rules
from validator.rules.media_conditions import condition_fact

from . import builders as make
from .test_media_forms import OFFICIAL, SECOND, without

ROOT = Path(__file__).resolve().parent.parent.parent
RECEIVERS = ("association", "pension_office")
FAMILIES = ("EM", "ES", "ED")


def check(path: Path, **options: object) -> Checked:
    return check_files([path], Options(as_of=AS_OF, **options))  # type: ignore[arg-type]


def dependants(changes: Mapping[int, str | None] | None = None) -> str:
    return media_line(changes, form="2202700")


@pytest.fixture(scope="module")
def generated() -> dict[tuple[str, str], list[str]]:
    return {
        (code, receiver): media_lines(code, 300, 1, receiver=receiver)
        for code in ITEMS
        for receiver in RECEIVERS
    }


@pytest.mark.parametrize("receiver", RECEIVERS)
@pytest.mark.parametrize("code", ITEMS)
def test_generated_lines_keep_every_official_check(
    generated: dict[tuple[str, str], list[str]], tmp_path: Path, code: str, receiver: str
) -> None:
    lines = generated[code, receiver]
    path = tmp_path / "x.CSV"
    path.write_bytes(media_file(lines, 1, receiver=receiver))
    checked = check_files([path], Options(as_of=WORLD_DAY, receiver=receiver))
    counts = checked.summary.counts
    assert (counts.lines, counts.records) == (300, checked.batch.frame.height)
    # Other families warn of no more than what generated reasons and ages bring with them.
    seen = checked.findings().filter(pl.col("severity") != "info")
    assert {c for c in seen["code"] if c[:2] in FAMILIES} == set()
    assert set(seen["code"]) <= {"CO001", "FM020", "BD010"}
    assert counts.by_verdict["pass"] == counts.records


def test_generated_lines_use_all_codes_and_blocks() -> None:
    seen: dict[tuple[str, int], set[str]] = {}
    for code in ITEMS:
        for receiver in RECEIVERS:
            for line in media_lines(code, 700, 2, receiver=receiver):
                for no, value in enumerate(line.split(","), start=1):
                    seen.setdefault((code, no), set()).add(value.lstrip("0") or value)
    unused = {}
    for code, layout in form_layouts().items():
        for item in layout.item:
            born = "生年月日" in item.name  # nobody of 明治 or 大正 is still insured
            if item.codes and not born and not 103 <= item.no <= 135:
                missing = {c.lstrip("0") or c for c in item.codes} - seen[code, item.no]
                unused |= {(code, item.no): missing} if missing else {}
    assert unused == {}


def test_generated_numbers_have_their_check_digit(
    generated: dict[tuple[str, str], list[str]],
) -> None:
    numbers = [value for lines in generated.values() for line in lines for value in line.split(",")]
    numbers = [value for value in numbers if re.fullmatch("[0-9]{12}", value)]
    assert len(numbers) > 2_000
    assert [value for value in numbers if make.with_check_digit(value[:11]) != value] == []


@pytest.mark.parametrize("receiver", RECEIVERS)
def test_the_official_line_gets_what_it_deserves(tmp_path: Path, receiver: str) -> None:
    path = tmp_path / "SHFD0006.CSV"
    line = [OFFICIAL.get(no, "") for no in range(1, 140)]
    path.write_bytes(make.media("SHFD0006", [line]))
    checked = check(path, receiver=receiver)
    found = checked.findings().filter(pl.col("severity") != "info")
    blocks = checked.records().select("record_id", "block")
    rows = found.join(blocks, on="record_id").select("block", "code").rows()
    assert sorted(rows) == [
        ("insured", "MN003"),  # neither number of the example has its check digit
        ("spouse", "AD003"),  # nor is its postal code one that exists
        ("spouse", "MN003"),
    ]


def test_the_begun_official_line_lacks_what_is_required(tmp_path: Path) -> None:
    path = tmp_path / "SHFD0006.CSV"
    path.write_bytes(make.media("SHFD0006", [["2200700", "21", "01", "ｹｲﾄ", "123", *[""] * 29]]))
    found = check(path).findings().filter(pl.col("severity") != "info")
    assert set(found["code"]) == {
        "AD001", "BD001", "EM001", "FM003", "KN001", "MN001", "NK001", "SX001",
    }  # fmt: skip


def test_a_line_goes_whole_to_the_worst_of_its_persons(tmp_path: Path) -> None:
    lines = [
        dependants({14: number(1), 29: number(2), 78: number(3)}),
        dependants({14: number(4), 29: wrong_number(5), 78: number(6)}),
        dependants({**without((22, 68), (70, 102)), 14: number(7)}),
        dependants({**SECOND, 14: number(8), 29: number(9), 78: number(10), 111: None}),
    ]
    path = write_media(tmp_path / "KPFD0006.CSV", lines)
    checked = check(path, out=tmp_path / "out")
    verdicts = checked.records().group_by("line", maintain_order=True).agg("block", "verdict")
    assert verdicts.rows() == [
        (6, ["insured", "spouse", "other1"], ["pass"] * 3),
        (7, ["insured", "spouse", "other1"], ["pass", "return", "pass"]),
        (8, ["insured"], ["pass"]),
        (9, ["insured", "spouse", "other1", "other2"], ["pass", "pass", "pass", "return"]),
    ]
    counts = checked.summary.counts
    assert (counts.lines, counts.records, counts.accepted, counts.returned) == (4, 11, 2, 2)
    data = [line.encode("cp932") for line in lines]
    for name, expected in (("accepted", data[::2]), ("returned", data[1::2])):
        written = (tmp_path / "out" / f"{name}.CSV").read_bytes()
        assert written.partition(b"[data]\r\n")[2].split(b"\r\n")[:-1] == expected
    without_dependant = checked.findings().filter(pl.col("code") == "ED009")
    assert without_dependant["line"].to_list() == [8]


def test_a_family_on_two_lines_is_no_duplicate_of_its_insured(tmp_path: Path) -> None:
    again = dependants({**without((22, 68)), 72: "見本　三郎", 71: "ﾐﾎﾝ ｻﾌﾞﾛｳ", 78: number(77)})
    path = write_media(
        tmp_path / "KPFD0006.CSV", [dependants(), again, dependants({78: number(78)})]
    )
    found = check(path).findings().filter(pl.col("code").is_in(["DU001", "DU002", "DU003"]))
    # The wife is named twice as well, and that is worth a look.
    assert found.select("code", "line").rows() == [("DU003", 6), ("DU003", 8)]


def test_the_items_of_a_person_are_named_once(tmp_path: Path) -> None:
    changes = {5: None, 20: "①番地", 39: "①番地", 82: "①番地", 115: "①番地"}
    path = write_media(tmp_path / "KPFD0006.CSV", [dependants({**SECOND, **changes})])
    checked = check(path)
    found = checked.findings().filter(pl.col("code").is_in(["EM001", "EM005"]))
    named = found.join(checked.records().select("record_id", "block"), on="record_id")
    assert [(b, c, re.search("項目名：([^)  ]*)", m)[1]) for b, c, m in named.select("block", "code", "message").rows()] == [
        ("insured", "EM001", "事業主確認欄"),
        ("insured", "EM005", "被保険者住所(漢字"),
        ("spouse", "EM005", "配偶者住所(漢字"),
        ("other1", "EM005", "被扶養者住所(漢字"),
        ("other2", "EM005", "被扶養者住所(漢字"),
    ]  # fmt: skip
    assert "エラー内容：入力不可文字検出" in named["message"][1]


def test_the_repertoire_of_the_layout(tmp_path: Path) -> None:
    allowed = ["東京都　～−〜－々〆ヶ", "Ａｂ１ギリシャΑ・Ж", "ab-1 ｦﾟ"]
    others = ["髙橋", "㈱", "∈", "─", "\ue000", "a_b", "a.b", "ｱ･ｲ", "ｱ｡", "[a]"]
    lines = [media_line({28: text, 13: number(at)}) for at, text in enumerate(allowed + others)]
    path = write_media(tmp_path / "x.CSV", [])
    head = path.read_bytes().decode("cp932")
    # Not all of it can be written in CP932; a file in UTF-8 is read and noted.
    path.write_bytes((head + "".join(line + "\r\n" for line in lines)).encode())
    found = check(path).findings().filter(pl.col("code") == "EM005")
    assert found["line"].to_list() == [6 + len(allowed) + at for at in range(len(others))]


def test_signs_are_for_kana_addresses_alone(tmp_path: Path) -> None:
    signs = "ﾄｳｷﾖｳﾄ (A-1).'B'/2"
    lines = [media_line({31: signs, 13: number(1)}), media_line({28: signs, 13: number(2)})]
    found = check(write_media(tmp_path / "x.CSV", lines)).findings()
    assert found.filter(pl.col("code") == "EM005")["line"].to_list() == [7]


HEADERS = {
    "an even number": (b",22223", b",22007", "代表届書コード"),
    "no such day": (b"20250405", b"20250431", "作成年月日"),
    "a day with signs": (b"20250405", b"2025-4-5", "作成年月日"),
    "number 000": (b",001,2025", b",000,2025", "媒体通番"),
    "city 99": (b"\r\n21,01,", b"\r\n21,99,", "郡市区符号"),
    "city 00 in line 1": (b"21,01,", b"21,00,", "郡市区符号"),
    "prefecture of one digit": (b"\r\n21,01,", b"\r\n1,01,", "都道府県コード"),
    "symbol of zeros": ("\r\n21,01,ｹｲﾄ".encode("cp932"), b"\r\n21,01,000", "事業所記号"),
    "mixed symbol": ("\r\n21,01,ｹｲﾄ".encode("cp932"), "\r\n21,01,ｹA".encode("cp932"), "事業所記号"),
    "no number": (b",123,100,", b",,100,", "事業所番号"),
    "postal": (b",100,0000,", b",100,0,", "郵便番号(子番号)"),
    "owner in one word": ("健保　良一".encode("cp932"), "健保良一".encode("cp932"), "事業主氏名"),
    "owner with two spaces": ("健保　良一".encode("cp932"), "健　保　良".encode("cp932"), "事業主氏名"),
    "long name": ("出版株式会社".encode("cp932"), ("社" * 26).encode("cp932"), "事業所名称"),
    "phone": (b",5678\r\n", b",567\r\n", "電話番号(番号)"),
    "agent in one word": (b"\r\n,001\r\n", "\r\n社労太郎,001\r\n".encode("cp932"), "社会保険労務士名"),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_an_odd_header_is_noted_and_read(tmp_path: Path, name: str) -> None:
    old, new, item = HEADERS[name]
    data = make.media("SHFD0006", [make.shikaku_shutoku_line(0, 34)])
    path = tmp_path / "x.CSV"
    path.write_bytes(data)
    assert read_batch([path]).file_marks.rows() == []
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    batch = read_batch([path])
    assert batch.frame.height == 1
    marks = batch.file_marks.select("mark", "detail").rows()
    assert [detail for mark, detail in marks if mark == "header_value"] == [item]


def test_an_agents_header_is_as_it_should_be(tmp_path: Path) -> None:
    data = make.media("SHFD0006", [make.shikaku_shutoku_line(0, 34)])
    data = data.replace("21,01,ｹｲﾄ,001".encode("cp932"), b",,12345678,001", 1)
    data = data.replace(b"\r\n,001\r\n", "\r\n社労　太郎,001\r\n".encode("cp932"), 1)
    path = tmp_path / "x.CSV"
    path.write_bytes(data)
    assert read_batch([path]).file_marks.rows() == []


def test_what_electronic_filing_would_refuse_is_noted(tmp_path: Path) -> None:
    second = ["21", "02", "ｱｲｳ", *make.SHFD_OFFICE[3:]]
    rows = [make.shikaku_shutoku_line(at, 34, f28="備" * 900) for at in range(2_500)]
    path = tmp_path / "x.CSV"
    path.write_bytes(make.media("SHFD0006", rows, offices=[make.SHFD_OFFICE, second]))
    assert path.stat().st_size > 4_500_000
    marks = read_batch([path]).file_marks.select("mark", "detail").rows()
    assert sorted(marks) == [("several_offices", "2"), ("too_large", None)]


def test_declared_conditions_and_rules_belong_together() -> None:
    declared = {one.rule for layout in form_layouts().values() for one in layout.condition}
    used = {
        rule.code
        for rule in all_rules()
        if any(name == condition_fact(rule.code) for name in rule.when.meta.root_names())
    }
    assert declared == used


def test_the_page_of_checks_is_true() -> None:
    page = (ROOT / "docs" / "media-checks.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    codes = {rule.code for rule in all_rules()}
    totals = [0, 0, 0, 0, 0]
    for section in sections:
        rows = re.findall(r"^\| \d\.\d+ \| .+ \| (\S+) \| .*\|$", section, flags=re.MULTILINE)
        kinds = [by if by in {"refused", "note", "reason"} else "code" for by in rows]
        assert {by for by, kind in zip(rows, kinds, strict=True) if kind == "code"} <= codes
        counted = [len(rows), *(kinds.count(k) for k in ("code", "refused", "note", "reason"))]
        title = section.splitlines()[0]
        assert f"| {title} | {' | '.join(map(str, counted))} |" in page
        totals = [a + b for a, b in zip(totals, counted, strict=True)]
    assert f"| together | {' | '.join(map(str, totals))} |" in page
    ours = {code for code in codes if code[:2] in FAMILIES}
    assert ours <= set(re.findall(r"\b[A-Z]{2}\d{3}\b", page))
