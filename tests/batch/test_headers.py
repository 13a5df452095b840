"""Headers: English, Japanese, the site's own; doubled and missing columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.batch import Batch, read_batch
from validator.batch.columns import canonical_columns, columns_by_header, fold, vocabulary
from validator.errors import InputError, UsageError

from . import builders as make

ROWS = make.people(2)


def read(tmp_path: Path, headers: list[str], site: dict[str, str] | None = None) -> Batch:
    path = tmp_path / "b.csv"
    path.write_bytes(make.delimited(ROWS, headers=headers))
    return read_batch([path], headers=site)


def renamed(**names: str) -> list[str]:
    return [names.get(name, name) for name in make.ENGLISH]


def test_no_header_means_two_columns() -> None:
    names = [fold(n) for c in vocabulary().column for n in {c.name, *map(fold, c.ja)}]
    assert len(names) == len(set(names))
    assert set(columns_by_header().values()) == set(canonical_columns())


@pytest.mark.parametrize(
    "header",
    [
        "個人番号",
        "マイナンバー",
        "ﾏｲﾅﾝﾊﾞｰ",
        "MY_NUMBER",
        "Ｍｙ Number",
        " 個人\u3000番号 ",
        "my\u200bnumber",
    ],
)
def test_width_case_and_spaces_do_not_matter(tmp_path: Path, header: str) -> None:
    batch = read(tmp_path, renamed(my_number=header))
    assert batch.frame["my_number"].to_list() == [row["my_number"] for row in ROWS]


@pytest.mark.parametrize(
    ("second", "first"),
    [
        ("個人番号", "my_number"),
        ("氏名", "name_kanji"),
        ("ＭＹ＿ＮＵＭＢＥＲ", "my_number"),
        ("postal code", "postal_code"),
    ],
)
def test_two_columns_of_one_meaning_are_refused(tmp_path: Path, second: str, first: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, renamed(office_name=second))
    place = make.ENGLISH.index(first) + 1
    assert "2" in caught.value.en
    assert str(place) in caught.value.en
    assert caught.value.lines == (1,)


def test_two_unknown_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stands twice"):
        read(tmp_path, renamed(office_name="社内メモ", office_code="社内 メモ"))


@pytest.mark.parametrize(
    "column", ["my_number", "name_kanji", "name_kana", "birth_date", "sex", "address"]
)
def test_a_missing_required_column_is_named_in_japanese(tmp_path: Path, column: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, renamed(**{column: "社内メモ"}))
    shown = make.JAPANESE[make.ENGLISH.index(column)]
    assert shown in caught.value.ja
    assert column in caught.value.en


def test_other_forms_need_only_a_way_to_identify_the_person(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    for headers in ("記号,番号", "個人番号,社内メモ", "氏名（カナ）,生年月日", "氏名,生年月日"):
        path.write_text(f"届書種別,{headers}\n資格喪失届,1,2\n", encoding="utf-8")
        assert read_batch([path]).frame["form"].to_list() == ["shikaku_soshitsu"]
    for headers in ("記号,社内メモ", "氏名,氏名（カナ）", "生年月日,住所"):
        path.write_text(f"届書種別,{headers}\n資格喪失届,1,2\n", encoding="utf-8")
        with pytest.raises(InputError, match="identify"):
            read_batch([path])


def test_a_removed_dependant_is_no_addition(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("form,change_type,記号,番号\nhifuyosha_ido,２,1,2\nhifuyosha_ido,非該当,1,2\n")
    assert read_batch([path]).frame.height == 2
    path.write_text("form,change_type,記号,番号\nhifuyosha_ido,2,1,2\nhifuyosha_ido,1,1,2\n")
    with pytest.raises(InputError, match="my_number"):
        read_batch([path])


def test_the_sites_own_names_come_first(tmp_path: Path) -> None:
    headers = renamed(my_number="番号", insured_number="社員番号", address="現住所")
    site = {"my_number": "番号", "insured_number": "社員番号", "address": "現 住 所"}
    batch = read(tmp_path, headers, site)
    for name in site:
        assert batch.frame[name].to_list() == [row[name] for row in ROWS]
    with pytest.raises(InputError):
        read(tmp_path, headers)


@pytest.mark.parametrize("site", [{"numero": "番号"}, {"sex": ""}, {"sex": "x", "address": "Ｘ"}])
def test_a_wrong_header_setting_is_wrong_usage(tmp_path: Path, site: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        read(tmp_path, make.ENGLISH, site)


def test_unknown_columns_are_kept_and_noted_by_place(tmp_path: Path) -> None:
    batch = read(tmp_path, renamed(office_name="社内メモ", postal_code="", certificate_needed=""))
    assert batch.sources[0].extra_columns == ("社内メモ",)
    assert batch.file_marks.select("mark", "detail").rows() == [
        ("unknown_column", "2"),
        ("unnamed_column", "10"),
        ("unnamed_column", "15"),
    ]
    assert batch.frame["office_name"].to_list() == [None, None]


def test_a_table_without_headers_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes(b"".join(make.delimited(ROWS).splitlines(keepends=True)[1:]))
    with pytest.raises(InputError, match="first row") as caught:
        read_batch([path])
    assert str(ROWS[0]["my_number"]) not in caught.value.render("ja")
