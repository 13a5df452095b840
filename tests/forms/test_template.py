"""Input sheets: what `check` reads back, what the guard still refuses, what stands in the file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from clean_record import AS_OF, OWN, RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, write_csv

import validator
from validator.batch import read_batch
from validator.batch.columns import columns_by_header, fold
from validator.checking import Checked, Options, check_files
from validator.cli.main import main
from validator.errors import InputError
from validator.forms.load import default_forms, load_forms
from validator.output.template import ROWS, build_template, drop_down

FORMS = default_forms()
FORM_DATA: dict[str, dict[str, str]] = {
    "hifuyosha_ido": {"change_type": "該当", "relationship": "妻", "living_together": "同居",
                      "insured_name_kanji": "見本　一郎", "insured_name_kana": "ミホン　イチロウ",
                      "event_on": "2026-11-18", "acquired_on": ""},
    "shikaku_soshitsu": {"lost_on": "2026-11-19", "left_on": "令和8年11月18日", "loss_cause": "退職等"},
    "shimei_henko": {"old_name_kanji": "見本　花子", "changed_on": "2026-11-18"},
    "kisai_jiko_henko": {"changed_item": "氏名", "old_name_kanji": "見本　花子",
                         "changed_on": "2026-11-18", "relationship": "妻"},
    "kakuninsho_kofu": {"certificate_reason": "F"},
    "kakuninsho_funshitsu": {"loss_kind": "紛失", "circumstances": "引越しの際に紛失"},
    "kakuninsho_funshitsu_soshitsugo": {"lost_on": "2026-11-01", "circumstances": "引越し"},
    "oshirase_saikofu": {"cannot_login": "有"},
}  # fmt: skip


def opened(form: str) -> tuple[Any, Any, dict[str, int]]:
    book = openpyxl.load_workbook(io.BytesIO(build_template(FORMS.form(form), FORMS.vocabulary)))
    sheet = book["入力"]
    by_header = columns_by_header()
    return book, sheet, {by_header[fold(str(c.value))]: c.column for c in sheet[1]}


def filled(form: str, path: Path, *rows: dict[str, str], name_form: bool = True) -> Path:
    book, sheet, columns = opened(form)
    for line, row in enumerate(rows, start=2):
        written = {**{k: v for k, v in RECORD.items() if k in columns}, **row}
        if not name_form:
            written.pop("form")
        for column, value in written.items():
            sheet.cell(line, columns[column]).value = value or None
    book.save(path)
    return path


def row_of(form: str) -> dict[str, str]:
    data = {k: v for k, v in FORM_DATA.get(form, {}).items() if k != "acquired_on"}
    return {"form": FORMS.form(form).ja[0], "sex": "男", **data}


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checked, Path]:
    """A filled sheet of each form, all in one call, and where its outputs are."""
    folder = tmp_path_factory.mktemp("sheets")
    sheets = [filled(form, folder / f"{form}.xlsx", row_of(form)) for form in FORMS.names]
    registry = write_csv(folder / "registry.csv", [REGISTRY_ROW], REGISTRY_COLUMNS)
    options = Options(registry=registry, as_of=AS_OF, out=folder / "out")
    return check_files(sheets, options), folder / "out"


def test_filled_sheets_pass_through_check(round_trip: tuple[Checked, Path]) -> None:
    checked, _ = round_trip
    records = checked.records()
    assert tuple(records["form"]) == FORMS.names
    assert records["verdict"].to_list() == ["pass"] * 10
    assert set(records.select(pl.col("^level_.*$")).unpivot()["value"]) <= {"same", "equivalent"}
    # One person on ten forms is something to ask about; no single value is.
    loud = checked.findings().filter(pl.col("severity") != "info")["code"]
    assert [code for code in loud if code[:2] not in ("DU", "FA", "CO")] == []
    assert {source.blank_lines for source in checked.batch.sources} == {0}


@pytest.mark.parametrize("form", FORMS.names)
def test_filled_sheets_are_handed_over_without_their_guide(
    form: str, round_trip: tuple[Checked, Path]
) -> None:
    kept = openpyxl.load_workbook(round_trip[1] / "accepted" / f"{form}.xlsx")
    assert kept.sheetnames == ["入力"]
    header, *rows = kept["入力"].iter_rows(values_only=True)
    given = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["届書種別"], row["個人番号"]) for row in given] == [(FORMS.form(form).ja[0], OWN)]


@pytest.mark.parametrize("form", FORMS.names)
def test_an_unfilled_sheet_has_no_record(form: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    assert main(["template", form, "-o", str(path)]) == 0
    assert main(["check", str(path), "--no-progress"]) == 3
    assert read_batch([path], expect_empty=True).frame.is_empty()


def test_the_guide_tells_the_form_where_the_rows_do_not(tmp_path: Path) -> None:
    row = row_of("shikaku_soshitsu")
    path = filled("shikaku_soshitsu", tmp_path / "a.xlsx", row, name_form=False)
    assert read_batch([path]).frame["form"].to_list() == ["shikaku_soshitsu"]
    book = openpyxl.load_workbook(path)
    del book["記入のしかた"]
    book.save(path)
    batch = read_batch([path], default_form="利用登録の解除申請書")
    assert batch.frame["form"].to_list() == ["riyo_toroku_kaijo"]


@pytest.mark.parametrize(
    "first_row",
    [["記号", "番号"], ["記入のしかた: 資格喪失届 (shikaku_soshitsu)", "記号", "番号"],
     ["記入のしかた", None], [None, "記入のしかた: 資格喪失届 (shikaku_soshitsu)"]],
)  # fmt: skip
def test_a_second_table_under_the_name_of_the_guide_is_still_refused(
    tmp_path: Path, first_row: list[str | None]
) -> None:
    path = filled("shikaku_soshitsu", tmp_path / "a.xlsx", row_of("shikaku_soshitsu"))
    book = openpyxl.load_workbook(path)
    del book["記入のしかた"]
    other = book.create_sheet("記入のしかた")
    other.append(first_row)
    other.append(["1", "2", "3"])
    book.save(path)
    with pytest.raises(InputError, match="2 visible sheets"):
        read_batch([path])


def test_a_sheet_of_another_name_is_no_guide(tmp_path: Path) -> None:
    path = filled("shikaku_soshitsu", tmp_path / "a.xlsx", row_of("shikaku_soshitsu"))
    book = openpyxl.load_workbook(path)
    book["記入のしかた"].title = "説明"
    book.save(path)
    with pytest.raises(InputError, match="2 visible sheets"):
        read_batch([path])


def test_every_word_of_a_drop_down_is_read() -> None:
    rows = []
    for form in FORMS.all():
        lists = {f.column: drop_down(f, form) for f in form.field if drop_down(f, form)}
        for n in range(max(map(len, lists.values()))):
            chosen = {column: words[n % len(words)] for column, words in lists.items()}
            rows.append({**RECORD, **FORM_DATA.get(form.name, {}), **chosen})
    assert len(rows) > 30
    found = validator.check(pl.DataFrame(rows), as_of=AS_OF).findings
    unread = {"FF003", "FF004", "FF005", "SX002", "FM014", "FM015", "QA018", "QA026"}
    assert unread & set(found["code"]) == set()


@pytest.mark.parametrize("form", FORMS.names)
def test_what_stands_in_the_sheet(form: str) -> None:
    book, sheet, columns = opened(form)
    declared = FORMS.form(form)
    assert book.sheetnames == ["入力", "記入のしかた"]
    assert list(columns) == [f.column for f in declared.field]
    assert sheet.freeze_panes == "B2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.max_row == 1
    letters = [cell.column_letter for cell in sheet[1]]
    assert {sheet.column_dimensions[letter].number_format for letter in letters} == {"@"}
    areas = [a for rule in sheet.data_validations.dataValidation for a in rule.sqref.ranges]
    assert {(area.min_row, area.max_row) for area in areas} == {(2, ROWS + 1)}
    fills = {f.required: sheet.cell(1, columns[f.column]).fill.fgColor.rgb for f in declared.field}
    assert len(set(fills.values())) == len(fills)
    for field in declared.field:
        note = sheet.cell(1, columns[field.column]).comment.text
        assert field.note.ja in note
        assert "、".join(field.source) in note
    checked = {
        area.min_col for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges
    }
    assert checked == set(columns.values())
    guide = [row[0].value for row in book["記入のしかた"].iter_rows()]
    assert [v for v in guide if v in {c.value for c in sheet[1]}] == [c.value for c in sheet[1]]


def test_a_cell_rule_holds_no_list_and_no_long_formula() -> None:
    _, sheet, _ = opened("hifuyosha_ido")
    rules = [r for r in sheet.data_validations.dataValidation if r.type == "custom"]
    assert len(rules) > 10
    for rule in sheet.data_validations.dataValidation:
        assert "{" not in rule.formula1
        assert len(rule.formula1) <= 255
        assert len(rule.error) <= 225
        assert rule.errorStyle in ("stop", "warning")
        assert len(rule.prompt or "") <= 255
    stops = [r for r in sheet.data_validations.dataValidation if r.errorStyle == "stop"]
    assert {r.formula1 for r in stops} == {"ok_my_number", "ok_insured_my_number"}


def test_digits_as_text_are_no_error_to_excel() -> None:
    with zipfile.ZipFile(
        io.BytesIO(build_template(FORMS.form("shimei_henko"), FORMS.vocabulary))
    ) as z:
        sheet = z.read("xl/worksheets/sheet1.xml").decode()
    last = re.search(
        r'<ignoredErrors><ignoredError sqref="A2:([A-Z]+)201" numberStoredAsText="1"/>', sheet
    )
    assert last is not None
    assert (
        last[1]
        == opened("shimei_henko")[1].cell(1, len(FORMS.form("shimei_henko").field)).column_letter
    )
    order = ["<sheetData", "<conditionalFormatting", "<dataValidations", "<pageMargins", "<pageSetup",
             "<headerFooter", "<ignoredErrors", "<legacyDrawing"]  # fmt: skip
    assert [sheet.index(part) for part in order] == sorted(sheet.index(part) for part in order)


def test_a_drop_down_offers_what_its_form_takes() -> None:
    lists = {(form.name, f.column): drop_down(f, form) for form in FORMS.all() for f in form.field}
    assert lists["shimei_henko", "changed_item"] == ("氏名", "フリガナ")
    assert "6" not in lists["shikaku_shutoku", "acquisition_kind"]
    assert max(len('"' + ",".join(words) + '"') for words in lists.values()) <= 255
    assert [word for words in lists.values() for word in words if "," in word or '"' in word] == []


def test_the_same_form_gives_the_same_bytes_and_no_twelve_digits() -> None:
    first, second = (
        build_template(FORMS.form("hifuyosha_ido"), FORMS.vocabulary) for _ in range(2)
    )
    assert first == second
    book = openpyxl.load_workbook(io.BytesIO(first))
    texts = [str(c.value) for ws in book for row in ws.iter_rows() for c in row if c.value]
    assert [t for t in texts if re.search(r"\d{9}", t)] == []


def test_the_file_is_private_whole_and_never_replaced_unasked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sheet.xlsx"
    assert main(["template", "資格喪失届", "-o", str(path)]) == 0
    assert "資格喪失届" in capsys.readouterr().out
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    assert main(["template", "shimei_henko", "-o", str(path)]) == 2
    assert path.read_bytes() == before
    assert main(["template", "shimei_henko", "-o", str(path), "--overwrite", "--lang", "en"]) == 0
    assert path.read_bytes() != before
    assert [p.name for p in tmp_path.iterdir()] == ["sheet.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["住所変更届", "-o", "a.xlsx"], 2),
        (["shimei_henko", "-o", "a.csv"], 2),
        (["shimei_henko"], 2),
        (["shimei_henko", "-o", "missing/a.xlsx"], 7),
    ],
)
def test_wrong_calls(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", *arguments]) == code
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_columns_of_a_site_are_in_its_sheets(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "columns.toml").write_text('[[column]]\nname="site_no"\nja=["会員番号"]\n')
    (folder / "common.toml").write_text(
        '[[field]]\ncolumn="site_no"\nrequired="yes"\ntype="text"\nmax_chars=9\nsource=["規約"]\n'
        'note={ja="会員の番号です。",en="number"}\n'
    )
    config = tmp_path / "config.toml"
    config.write_text(f'[forms]\nfolder = "{folder}"\n')
    path = tmp_path / "sheet.xlsx"
    assert main(["template", "shimei_henko", "-o", str(path), "--config", str(config)]) == 0
    headers = [cell.value for cell in openpyxl.load_workbook(path)["入力"][1]]
    assert "会員番号" in headers
    assert read_batch([path], expect_empty=True, forms=load_forms(folder)).frame.is_empty()
