"""Letters from the command line: with a check, and once more from its folder."""

import re
from pathlib import Path

import pypdf
import pytest
from clean_record import (
    DEPENDANT_ITEMS,
    RECORD,
    media_line,
    number,
    write_batch,
    write_csv,
    write_media,
    write_registry,
    write_workbook,
)

from acceptance.conftest import Run

MOVED = {"address": "東京都江東区豊洲三丁目9番9号", "office_name": "見本出版"}


def letters(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_check_writes_letters_and_none_where_all_pass(run: Run, tmp_path: Path) -> None:
    registry = write_registry(tmp_path)
    batch = write_batch(tmp_path, MOVED)
    assert run("check", batch, "--registry", registry, "--out", tmp_path / "out").code == 1
    assert list(letters(tmp_path / "out" / "letters")) == ["0001-1234.html", "index.html"]
    clean = write_batch(tmp_path, name="clean.csv")
    assert run("check", clean, "--registry", registry, "--out", tmp_path / "clean").code == 0
    assert not (tmp_path / "clean" / "letters").exists()


@pytest.mark.parametrize(("asked", "ending"), [("pdf", ".pdf"), ("html", ".html"), ("none", None)])
def test_the_format_is_asked_for(run: Run, tmp_path: Path, asked: str, ending: str | None) -> None:
    (tmp_path / "v.toml").write_text(
        '[letters]\nwrite = "none"\ninsurer_name = "出版健康保険組合"\n', encoding="utf-8"
    )
    options = ("--registry", write_registry(tmp_path), "--config", tmp_path / "v.toml")
    batch = write_batch(tmp_path, MOVED)
    assert run("check", batch, *options, "--letters", asked, "--out", tmp_path / "o").code == 1
    found = sorted(p.name for p in (tmp_path / "o").glob("letters/*"))
    assert found == ([f"0001-1234{ending}", "index.html"] if ending else [])


def test_an_unknown_key_of_the_letters_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "v.toml").write_text('[letters]\nname = "x"\n', encoding="utf-8")
    ran = run("check", write_batch(tmp_path), "--config", tmp_path / "v.toml")
    assert ran.code == 2
    assert "letters.name" in ran.err


def _table(tmp_path: Path) -> list[Path]:
    return [write_batch(tmp_path, {}, MOVED, {"sex": "9"}, {"sex": "2", "office_code": "77"})]


def _workbook(tmp_path: Path) -> list[Path]:
    rows = [RECORD, {**RECORD, **MOVED}, {**RECORD, "my_number": number(5)}]
    return [write_workbook(tmp_path / "b.xlsx", rows)]


def _media(tmp_path: Path) -> list[Path]:
    family = media_line({40: "x"}, form="2202700")
    return [write_media(tmp_path / "KPFD0006.CSV", [media_line(), media_line({11: "9"}), family])]


def _several(tmp_path: Path) -> list[Path]:
    (tmp_path / "sub").mkdir()
    return [
        *_table(tmp_path),
        *_media(tmp_path),
        write_batch(tmp_path / "sub", MOVED, name="batch.csv"),
        write_csv(tmp_path / "rows.jsonl.csv", [{**RECORD, "name_kana": "ミホン　ジロウ"}]),
    ]


@pytest.mark.parametrize("make", [_table, _workbook, _media, _several])
def test_made_again_from_the_folder_they_are_the_same(run: Run, tmp_path: Path, make) -> None:
    registry = write_registry(tmp_path, {}, {"my_number": DEPENDANT_ITEMS[29], "sex": "1"})
    out = tmp_path / "out"
    assert run("check", *make(tmp_path), "--registry", registry, "--out", out).code == 1
    ran = run("letters", "--run", out, "--out", tmp_path / "again")
    assert ran.code == 0, ran.err
    assert letters(tmp_path / "again") == letters(out / "letters")
    assert re.search(r"[0-9]+通の文書を作りました", ran.out)


def test_as_pdf_on_another_day_and_in_english(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", *_table(tmp_path), "--registry", write_registry(tmp_path), "--out", out)
    ran = run(
        "letters", "--run", out, "--out", tmp_path / "a", "--pdf", "--as-of", "2026-11-24",
        "--lang", "en",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    (path, *_) = sorted((tmp_path / "a").glob("0*.pdf"))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "2026-11-24" in text
    assert "days left: 1" in text
    assert "Reply slip" in text


def test_a_folder_that_is_no_result_or_was_changed_is_refused(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", *_table(tmp_path), "--registry", write_registry(tmp_path), "--out", out)
    assert run("letters", "--run", tmp_path / "no", "--out", tmp_path / "a").code == 2
    held = out / "held.csv"
    lines = held.read_text(encoding="utf-8").splitlines(keepends=True)
    held.write_text("".join(lines[:-1]), encoding="utf-8")
    ran = run("letters", "--run", out, "--out", tmp_path / "a")
    assert ran.code == 3
    assert "Traceback" not in ran.err
    held.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    assert run("letters", "--run", out, "--out", tmp_path / "a").code == 3
    (out / "evidence.parquet").unlink()
    assert run("letters", "--run", out, "--out", tmp_path / "a").code == 2
    assert not (tmp_path / "a").exists()


def test_an_own_folder_is_not_replaced(run: Run, tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "own"
    run("check", *_table(tmp_path), "--registry", write_registry(tmp_path), "--out", out)
    own.mkdir()
    (own / "diary.txt").write_text("mine")
    assert run("letters", "--run", out, "--out", own).code == 2
    assert run("letters", "--run", out, "--out", own, "--overwrite").code == 2
    assert (own / "diary.txt").read_text() == "mine"
    assert run("letters", "--run", out, "--out", out, "--overwrite").code == 2
    assert (out / "summary.json").is_file()


def test_nobody_to_write_to(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", write_batch(tmp_path), "--registry", write_registry(tmp_path), "--out", out)
    ran = run("letters", "--run", out, "--out", tmp_path / "a")
    assert (ran.code, ran.out) == (0, "文書の要る人はいません。\n")
