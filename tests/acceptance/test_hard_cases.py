"""Hard cases of the contract, each once wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, OWN, number, write_batch, write_registry

import validator
from validator.cli.main import main
from validator.errors import UsageError

from .conftest import Run

LOSS = {"form": "shikaku_soshitsu", "lost_on": "2026-11-20", "left_on": "2026-11-19"}


def judged(
    run: Run,
    tmp_path: Path,
    record: dict[str, str | None],
    registry: dict[str, str | None] | None = None,
    *options: str,
) -> dict[str, object]:
    batch, reg = write_batch(tmp_path, record), write_registry(tmp_path, registry or {})
    out = tmp_path / "out"
    run("check", batch, "--registry", reg, "--out", out, "--overwrite", *options)
    row = pl.read_parquet(out / "records.parquet").row(0, named=True)
    return {**row, "table": pl.read_parquet(out / "findings.parquet")}


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("", "　101号室"), ("", "-101"), ("", "101号"), ("", "　A-203"), ("", "　様方"), ("", "　3階"), ("", " 101号室"),
        ("　メゾン新宿-101", "　メゾン新宿101"), ("　メゾン新宿101号室", "メゾン新宿１０１"), ("-101", "　101号室"),
    ],
)  # fmt: skip
def test_a_building_or_room_on_one_side_only_is_equivalent(
    run: Run, tmp_path: Path, here: str, there: str
) -> None:
    base = "東京都新宿区西新宿二丁目8番1号"
    for submitted, registered in ((base + here, base + there), (base + there, base + here)):
        row = judged(
            run,
            tmp_path,
            {"address": submitted, "postal_code": "160-0023"},
            {"address": registered},
        )
        assert (row["verdict"], row["level_address"]) == ("pass", "equivalent"), (
            submitted,
            registered,
        )


@pytest.mark.parametrize(
    ("submitted", "registered"),
    [("8番1号101号室", "8番1号102号室"), ("8番1号", "8番2号101号室"), ("8-1-101", "8-1"), ("8番1号メゾン101", "8番1号ハイム101")],
)  # fmt: skip
def test_another_room_or_number_stays_a_difference(
    run: Run, tmp_path: Path, submitted: str, registered: str
) -> None:
    base = "東京都新宿区西新宿二丁目"
    row = judged(run, tmp_path, {"address": base + submitted}, {"address": base + registered})
    assert (row["verdict"], row["hold_class"], row["level_address"]) == ("hold", "3", "similar")


def test_a_number_of_the_north_is_no_room(run: Run, tmp_path: Path) -> None:
    base = "北海道河西郡芽室町西"
    row = judged(run, tmp_path, {"address": base + "5号3番地"}, {"address": base + "5号4番地"})
    assert row["verdict"] == "hold"


@pytest.mark.parametrize(
    ("submitted", "registered"),
    [("オーノ　イチロー", "オオノ　イチロウ"), ("オーノ　コージ", "オオノ　コウジ"), ("オータ　レーコ", "オオタ　レイコ")],
)  # fmt: skip
def test_each_long_mark_stands_for_its_own_vowel(
    run: Run, tmp_path: Path, submitted: str, registered: str
) -> None:
    row = judged(run, tmp_path, {"name_kana": submitted}, {"name_kana": registered})
    assert (row["verdict"], row["level_name_kana"]) == ("pass", "equivalent")


def test_two_spellings_of_two_names_are_never_joined_by_a_long_mark(
    run: Run, tmp_path: Path
) -> None:
    row = judged(
        run, tmp_path, {"name_kana": "オオノ　イチロウ"}, {"name_kana": "オウノ　イチロオ"}
    )
    assert row["verdict"] == "hold"


@pytest.mark.parametrize("placeholder", ["000000000000", "123456789018"])
def test_a_placeholder_on_another_form_is_an_unknown_number(
    run: Run, tmp_path: Path, placeholder: str
) -> None:
    row = judged(run, tmp_path, {**LOSS, "my_number": placeholder})
    assert (row["verdict"], row["hold_class"], row["level_my_number"]) == ("hold", "0", "different")
    assert row["same_person"] == 0.5


@pytest.mark.parametrize("day", ["2026-04-31", "昭和65年1月1日", "46000", "きのう"])
def test_a_reception_date_that_is_none_returns(run: Run, tmp_path: Path, day: str) -> None:
    row = judged(run, tmp_path, {"received_on": day})
    assert (row["verdict"], row["due_on"]) == ("return", None)


def test_under_the_old_policy_one_differing_name_is_a_warning_in_the_findings_too(
    run: Run, tmp_path: Path
) -> None:
    row = judged(run, tmp_path, {"name_kanji": "見本　次郎"}, None, "--policy", "classes-2023")
    table = row["table"]
    assert isinstance(table, pl.DataFrame)
    assert (row["verdict"], row["hold_class"]) == ("pass", None)
    about_the_name = table.filter(pl.col("field") == "name_kanji")
    assert about_the_name.select("severity", "effect").rows() == [("warning", "none")]
    assert set(table["effect"]) == {"none"}


@pytest.mark.parametrize(
    "word", ["sex", "Gender", "性別", "symbol", "insured number", "記号・番号"]
)
def test_changed_items_in_english_know_their_form_too(run: Run, tmp_path: Path, word: str) -> None:
    assert (
        judged(run, tmp_path, {"form": "shimei_henko", "changed_item": word})["verdict"] == "return"
    )


def test_swapped_name_columns_are_similar_on_both_sides(run: Run, tmp_path: Path) -> None:
    row = judged(run, tmp_path, {**LOSS, "name_kanji": "ミホン　タロウ", "name_kana": "見本　太郎"})
    assert (row["level_name_kanji"], row["level_name_kana"]) == ("similar", "similar")


def test_a_sibling_s_number_on_one_family_form_is_a_family_number(run: Run, tmp_path: Path) -> None:
    form = {
        "form": "hifuyosha_ido",
        "change_type": "1",
        "event_on": "2026-11-18",
        "acquired_on": None,
    }
    other = {
        **form,
        "name_kanji": "見本　花子",
        "name_kana": "ミホン　ハナコ",
        "birth_date": "2015-02-03",
        "sex": "2",
    }
    batch, reg = write_batch(tmp_path, form, other), write_registry(tmp_path)
    run("check", batch, "--registry", reg, "--out", tmp_path / "out")
    rows = (
        pl.read_parquet(tmp_path / "out" / "records.parquet")
        .select("verdict", "hold_class", "cause")
        .rows()
    )
    assert rows == [("pass", None, None), ("hold", "D", "family_number")]


def test_a_surname_change_alone_is_similar(run: Run) -> None:
    ran = run("compare", "name", "佐藤　花子", "サトウ　ハナコ", "田中　花子", "タナカ　ハナコ")
    assert ran.out.splitlines()[0] == "similar"


def test_without_a_registry_the_summary_says_so(run: Run, tmp_path: Path) -> None:
    run("check", write_batch(tmp_path), "--out", tmp_path / "out")
    assert (
        "住民票との照合なし"
        in json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["notes"]
    )


def test_the_api_takes_a_day_as_text_and_refuses_what_is_none(tmp_path: Path) -> None:
    batch, reg = write_batch(tmp_path), write_registry(tmp_path)
    by_text = validator.check(batch, registry=reg, as_of="2026-11-23")
    by_date = validator.check(batch, registry=reg, as_of=date(2026, 11, 23))
    assert by_text.summary == by_date.summary
    with pytest.raises(UsageError):
        validator.check(batch, as_of="zz")


def test_overwrite_replaces_results_only(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "precious.txt").write_text("x", encoding="utf-8")
    ran = run("check", write_batch(tmp_path), "--out", mine, "--overwrite")
    assert (ran.code, (mine / "precious.txt").read_text(encoding="utf-8")) == (2, "x")


@pytest.mark.parametrize(
    "name",
    [f"x_{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}.csv", f"{OWN[:6]} {OWN[6:]}.csv", f"{OWN}.csv"],
    ids=["hyphens", "space", "plain"],
)
def test_a_number_in_a_file_name_is_refused_however_it_is_written(
    run: Run, tmp_path: Path, name: str
) -> None:
    ran = run("check", write_batch(tmp_path, name=name), "--out", tmp_path / "out")
    assert ran.code == 3
    assert OWN[:6] not in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name",
    ["20261123-0001.csv", "2026-11-23_1530.csv", "202611231530.csv", "届書 第12回 2026年度.csv"],
)
def test_days_and_running_numbers_in_file_names_are_fine(
    run: Run, tmp_path: Path, name: str
) -> None:
    assert run("check", write_batch(tmp_path, name=name)).code == 0


def test_a_link_that_leads_to_itself_is_unusable_input(run: Run, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    ran = run("check", loop, "--out", tmp_path / "out")
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def shell(tmp_path: Path, redirect: str) -> tuple[int, str]:
    command = f'"{sys.executable}" -m validator check batch.csv --registry registry.csv --out out --as-of {AS_OF} {redirect}'
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )
    return ran.returncode, ran.stderr


@pytest.mark.parametrize(
    "redirect",
    [
        "2>&-",
        ">&-",
        "<&-",
        ">/dev/full",
        "2>/dev/full",
        ">&- 2>&-",
        "| head -c 1; exit ${PIPESTATUS[0]}",
    ],
)
def test_a_closed_or_full_stream_changes_neither_result_nor_exit_code(
    tmp_path: Path, redirect: str
) -> None:
    write_batch(tmp_path, {}, {"birth_date": "1985-04-02", "my_number": number(31415926535)})
    write_registry(tmp_path, {}, {"my_number": number(31415926535)})
    code, _ = shell(tmp_path, redirect)
    if redirect == ">/dev/full":
        assert code in (1, 7)
    else:
        assert code == 1
    assert (
        json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["complete"]
        is True
    )
    accepted = (tmp_path / "out" / "accepted.csv").read_text(encoding="utf-8")
    assert len(accepted.splitlines()) == 2


def test_without_a_command_one_line_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert (err.count("\n"), "validator --help" in err) == (1, True)
