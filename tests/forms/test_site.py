"""A site's own folder: columns of its own, fields added and changed, ours untouched."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, media_line, write_csv, write_media

import validator
from validator.batch import read_batch
from validator.checking import Checked, Options, check_files
from validator.config import Config, FormsConfig, load_config
from validator.errors import InputError, UsageError
from validator.forms.load import default_forms, load_forms

COLUMNS = """#:schema site-columns.schema.json
[[column]]
name = "site_union_number"
ja = ["組合員番号"]
digits = true
[[column]]
name = "site_entry"
ja = ["入社区分"]
[[column]]
name = "phone"
ja = ["連絡先"]
"""
SHUTOKU = """#:schema site-form.schema.json
name = "shikaku_shutoku"
[[field]]
column = "site_union_number"
required = "yes"
blank = "warning"
type = "digits"
max_chars = 20
lengths = [8]
source = ["規約"]
note = { ja = "8桁です。", en = "8 digits." }
[[field]]
column = "site_entry"
required = "no"
type = "code"
max_chars = 10
strict = "closed"
codes = [{ code = "1", words = ["新卒"], ja = "新卒", en = "new" }, { code = "2", words = ["中途"], ja = "中途", en = "other" }]
source = ["規約"]
note = { ja = "入社の区分です。", en = "Kind of entry." }
[[field]]
column = "has_dependants"
required = "yes"
blank = "warning"
"""


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for stem, text in files.items():
        (folder / f"{stem}.toml").write_text(text, encoding="utf-8")
    return folder


def checked(tmp_path: Path, folder: Path, *rows: dict[str, str | None]) -> Checked:
    path = write_csv(tmp_path / "batch.csv", [{**RECORD, **row} for row in rows])
    config = Config(forms=FormsConfig(folder=folder))
    return check_files([path], Options(as_of=AS_OF, config=config))


def messages(result: Checked, code: str) -> list[str]:
    return result.findings().filter(pl.col("code") == code)["message"].to_list()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return folder_of(tmp_path, columns=COLUMNS, shikaku_shutoku=SHUTOKU)


def test_own_columns_are_read_under_both_headers_and_are_no_extra_columns(
    tmp_path: Path, site: Path
) -> None:
    forms = load_forms(site)
    for header in ("site_union_number", "組合員番号", "組合員 番号"):
        path = write_csv(tmp_path / "b.csv", [{**RECORD, header: "00000001", "連絡先": "03"}])
        batch = read_batch([path], forms=forms)
        assert batch.frame["site_union_number"].to_list() == ["00000001"]
        assert batch.frame["phone"].to_list() == ["03"]
        assert batch.sources[0].extra_columns == ()
        assert read_batch([path]).sources[0].extra_columns == (header, "連絡先")


def test_own_columns_are_checked_as_declared_and_never_more_than_a_warning(
    tmp_path: Path, site: Path
) -> None:
    good = {"site_union_number": "１２３４ ５６７８", "site_entry": "新卒", "has_dependants": "無"}
    result = checked(
        tmp_path,
        site,
        good,
        {**good, "site_union_number": None},
        {**good, "site_union_number": "1234"},
        {**good, "site_entry": "出向"},
        {**good, "has_dependants": None},
    )
    assert result.records()["verdict"].to_list() == ["pass"] * 5
    own = pl.col("code").str.starts_with("FF")
    found = result.findings().filter(own).select("line", "code", "severity").rows()
    assert found == [
        (3, "FF001", "warning"),
        (4, "FF007", "warning"),
        (5, "FF003", "warning"),
        (6, "FF001", "warning"),
    ]
    assert "組合員番号" in messages(result, "FF007")[0]
    assert "1234" not in "".join(result.findings()["message"].to_list())


def test_own_columns_are_handed_over_untouched(tmp_path: Path, site: Path) -> None:
    path = write_csv(tmp_path / "batch.csv", [{**RECORD, "組合員番号": " 12-34 "}])
    config = Config(forms=FormsConfig(folder=site))
    check_files([path], Options(as_of=AS_OF, config=config, out=tmp_path / "out"))
    assert (tmp_path / "out" / "accepted.csv").read_bytes() == path.read_bytes()


def test_electronic_media_beside_a_table_with_own_columns(tmp_path: Path, site: Path) -> None:
    table = write_csv(tmp_path / "b.csv", [{**RECORD, "組合員番号": "00000001"}])
    media = write_media(tmp_path / "KPFD0006.CSV", [media_line()])
    config = Config(forms=FormsConfig(folder=site))
    result = check_files([media, table], Options(as_of=AS_OF, config=config))
    assert result.batch.frame["site_union_number"].to_list() == [None, "00000001"]
    assert messages(result, "FF001") != []
    only_media = check_files([media], Options(as_of=AS_OF, config=config))
    assert messages(only_media, "FF001") == []


def test_ours_stay_as_they_are(tmp_path: Path, site: Path) -> None:
    ours, theirs = default_forms(), load_forms(site)
    assert "site_entry" not in ours.vocabulary.names
    assert "連絡先" not in ours.vocabulary.column[ours.vocabulary.names.index("phone")].ja
    changed = {f.column: f for f in theirs.form("shikaku_shutoku").field}["has_dependants"]
    before = {f.column: f for f in ours.form("shikaku_shutoku").field}["has_dependants"]
    assert (before.required, before.blank, before.site) == ("no", "nothing", False)
    assert (changed.required, changed.blank, changed.site) == ("yes", "warning", True)
    assert (changed.type, changed.note, changed.source) == (before.type, before.note, before.source)
    assert theirs.form("shimei_henko") == ours.form("shimei_henko")
    result = checked(tmp_path, site, {"site_union_number": "12345678"})
    assert messages(result, "FF001") != []
    path = write_csv(tmp_path / "plain.csv", [RECORD])
    assert messages(check_files([path], Options(as_of=AS_OF)), "FF001") == []


def test_common_fields_of_a_site_reach_every_form(tmp_path: Path) -> None:
    field = SHUTOKU[SHUTOKU.index("[[field]]") : SHUTOKU.index('column = "site_entry"') - 10]
    folder = folder_of(
        tmp_path, columns=COLUMNS, common=field + '[[field]]\ncolumn="lost_on"\nexample="x"\n'
    )
    forms = load_forms(folder)
    for form in forms.all():
        assert "site_union_number" in {f.column for f in form.field}
    examples = {f.name: [x.example for x in f.field if x.column == "lost_on"] for f in forms.all()}
    assert examples["shikaku_soshitsu"] == ["x"]
    assert examples["shimei_henko"] == []


def test_another_header_may_be_mapped_to_an_own_column(tmp_path: Path, site: Path) -> None:
    path = write_csv(tmp_path / "b.csv", [{**RECORD, "会員No": "00000001"}])
    batch = read_batch([path], forms=load_forms(site), headers={"site_union_number": "会員No"})
    assert batch.frame["site_union_number"].to_list() == ["00000001"]
    with pytest.raises(UsageError):
        read_batch([path], headers={"site_union_number": "会員No"})


@pytest.mark.parametrize(
    ("files", "file", "key"),
    [
        ({"shikaku_shutoku": "colour = 1"}, "shikaku_shutoku.toml", "colour"),
        ({"shikaku_shutoku": '[[field]]\ncolumn = "phone"\nneeded = 1'}, "shikaku_shutoku.toml", "field[phone].needed"),
        ({"shikaku_shutoku": '[[field]]\ncolumn = "site_x"\nrequired = "no"'}, "shikaku_shutoku.toml", "field[site_x]"),
        ({"columns": '[[column]]\nname = "own"\nja = ["独自"]'}, "columns.toml", "column[own].name"),
        ({"columns": '[[column]]\nname = "site_x"\nja = ["氏名"]'}, "columns.toml", "column[site_x]"),
        ({"columns": '[[column]]\nname = "site_x"\nja = []'}, "columns.toml", "column[site_x].ja"),
        ({"jusho_henko": 'name = "jusho_henko"'}, "jusho_henko.toml", "file name"),
        ({"shimei_henko": 'name = "shikaku_shutoku"'}, "shimei_henko.toml", "name"),
        ({"shimei_henko": "= ="}, "shimei_henko.toml", "TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_wrong_usage_and_names_file_and_key(
    tmp_path: Path, files: dict[str, str], file: str, key: str
) -> None:
    folder = folder_of(tmp_path, **files)
    with pytest.raises(UsageError) as caught:
        load_forms(folder)
    assert caught.value.file == file
    assert key in caught.value.render("en")
    assert "\n" not in caught.value.render("ja")


def test_the_folder_comes_from_the_configuration(tmp_path: Path, site: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[forms]\nfolder = "{site}"\n', encoding="utf-8")
    path = write_csv(tmp_path / "b.csv", [{**RECORD, "入社区分": "出向"}])
    options = Options(as_of=AS_OF, config=load_config(config))
    assert messages(check_files([path], options), "FF003") != []
    frame = pl.DataFrame([{**RECORD, "入社区分": "出向"}])
    found = validator.check(frame, options=options).findings
    assert "FF003" in found["code"].to_list()
    with pytest.raises(UsageError):
        load_forms(tmp_path / "nowhere")
    config.write_text("[forms]\nfoldr = 'x'\n", encoding="utf-8")
    with pytest.raises(UsageError, match="unknown or wrong"):
        load_config(config)


def test_a_header_of_the_site_may_not_stand_twice(tmp_path: Path, site: Path) -> None:
    path = write_csv(tmp_path / "b.csv", [{**RECORD, "phone": "03", "連絡先": "03"}])
    with pytest.raises(InputError, match="phone stands twice"):
        read_batch([path], forms=load_forms(site))
