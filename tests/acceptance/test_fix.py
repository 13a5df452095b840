"""``validator fix`` from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

from clean_record import OWN, write_batch

from .conftest import Run

SPACED = f"{OWN[:4]} {OWN[4:8]} {OWN[8:]}"
DIRTY: dict[str, str | None] = {
    "my_number": SPACED,
    "sex": "男",
    "birth_date": "S60.4.1",
    "name_kana": "ﾐﾎﾝ　ﾀﾛｳ",
}


def test_a_fixed_file_and_its_audit_trail(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {}, DIRTY)
    ran = run("fix", batch, "--out", "fixed.csv")
    assert (ran.code, ran.err) == (0, "")
    assert (
        ran.out
        == "4か所の表記を直しました: date_notation 1, kana_width 1, number_notation 1, sex_code 1\n"
    )
    lines = Path("fixed.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == lines[2]
    audit = Path("fixed.csv.audit.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(audit.splitlines()))
    assert [(r["line"], r["column"]) for r in rows] == [
        ("3", c) for c in ("my_number", "name_kana", "birth_date", "sex")
    ]
    assert OWN[:6] not in audit and OWN[4:8] not in audit
    for path in ("fixed.csv", "fixed.csv.audit.csv"):
        assert Path(path).stat().st_mode & 0o777 == 0o600
    assert batch.read_text(encoding="utf-8").count(SPACED) == 1


def test_what_exists_is_not_replaced_unasked(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, DIRTY)
    assert run("fix", batch, "--out", batch, "--overwrite").code == 2
    Path("fixed.csv.audit.csv").write_text("x")
    assert run("fix", batch, "--out", "fixed.csv").code == 2
    assert not Path("fixed.csv").exists()
    assert run("fix", batch, "--out", "fixed.csv", "--overwrite", "--lang", "en").out.startswith(
        "4 places fixed: "
    )
    assert run("fix", batch).code == 2
    assert run("fix", batch, batch, "--out", "x.csv").code == 2
    assert run("fix", batch, "--in-place", "--out", "x.csv").code == 2
    assert run("fix", "none.csv", "--out", "x.csv").code == 3
    assert run("fix", "fixed.csv", "--out", "none/x.csv").code == 7


def test_site_headers_count(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f"本人No,氏名,性\n{SPACED},見本,男\n")
    (tmp_path / "site.toml").write_text('[headers]\nmy_number = "本人No"\nsex = "性"\n')
    assert run("fix", "b.csv", "--out", "f.csv", "--config", "site.toml").code == 0
    assert Path("f.csv").read_text() == f"本人No,氏名,性\n{OWN},見本,1\n"


def test_in_place(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {}, DIRTY)
    batch.chmod(0o640)
    clean = write_batch(tmp_path, {}, name="clean.csv")
    before = clean.stat()
    ran = run("fix", "--in-place", "batch.csv", "clean.csv")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[0] == "batch.csv:3: my_number: 直しました (number_notation)"
    assert len(ran.out.splitlines()) == 4
    for value in (OWN, SPACED, "男", "1985", "ﾐﾎﾝ", "ミホン"):
        assert value not in ran.out
    assert batch.stat().st_mode & 0o777 == 0o640
    assert (clean.stat().st_mtime_ns, clean.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    again = run("fix", "--in-place", "batch.csv", "clean.csv")
    assert (again.code, again.out) == (0, "")


def test_in_place_touches_allowed_paths_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    for folder in (tmp_path, tmp_path / "uploads"):
        write_batch(folder, DIRTY)
    (tmp_path / "validator.toml").write_text('[guard]\nallow = ["uploads"]\n')
    assert run("fix", "--in-place", "batch.csv").code == 0
    assert run("fix", "--in-place", "batch.csv", "uploads").out.count("uploads/batch.csv:2: ") == 4
    Path("uploads/link.csv").symlink_to("batch.csv")
    assert run("fix", "--in-place", "uploads/link.csv").code == 2
