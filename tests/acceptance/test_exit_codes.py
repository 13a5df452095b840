"""The exit codes of contract section 4, row by row: one clear line in either language, no value."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from clean_record import (
    OWN,
    RECORD,
    REGISTRY_COLUMNS,
    media_line,
    write_batch,
    write_csv,
    write_media,
    write_registry,
)

from .conftest import Run

HELD = {"sex": "2"}
RETURNED = {"sex": "9"}
CANARIES = [OWN, "見本", "太郎", "ミホン", "タロウ", "1985-04-01", "豊洲", OWN[:6], OWN[-6:]]


def assert_refused(run: Run, code: int, *arguments: object) -> str:
    """Run in both languages; the Japanese line."""
    japanese, english = (run(*arguments, "--lang", lang) for lang in ("ja", "en"))
    for ran in (japanese, english):
        assert ran.code == code, ran
        assert ran.out == ""
        assert ran.err.count("\n") == 1 and ran.err.endswith("\n")
        assert "Traceback" not in ran.err
        assert ran.err.startswith("validator: ")
        assert not any(value in ran.err for value in CANARIES), ran.err
    assert re.search("[ぁ-ん]", japanese.err)
    assert not re.search("[ぁ-ん]", english.err), english.err
    assert len(english.err) > 30
    return japanese.err


@pytest.mark.parametrize(
    ("batch", "fail_on", "code"),
    [
        ([{}], "hold", 0), ([{}], "never", 0), ([HELD], "hold", 1), ([HELD], "return", 0), ([HELD], "never", 0),
        ([RETURNED], "hold", 1), ([RETURNED], "return", 1), ([RETURNED], "never", 0), ([{}, HELD], "hold", 1),
    ],
)  # fmt: skip
def test_done(
    run: Run, tmp_path: Path, batch: list[dict[str, str | None]], fail_on: str, code: int
) -> None:
    ran = run(
        "check",
        write_batch(tmp_path, *batch),
        "--registry",
        write_registry(tmp_path),
        "--out",
        tmp_path / "out",
        "--fail-on",
        fail_on,
    )
    assert (ran.code, ran.err) == (code, "")
    assert (tmp_path / "out" / "summary.json").exists()


def test_hold_is_the_default_of_fail_on(run: Run, tmp_path: Path) -> None:
    assert (
        run("check", write_batch(tmp_path, HELD), "--registry", write_registry(tmp_path)).code == 1
    )


USAGE: dict[str, list[str]] = {
    "no batch": ["check"],
    "unknown command": ["chekc"],
    "unknown option": ["check", "b.csv", "--speed"],
    "bad choice": ["check", "b.csv", "--format", "xml"],
    "bad fail-on": ["check", "b.csv", "--fail-on", "sometimes"],
    "bad receiver": ["check", "b.csv", "--receiver", "nobody"],
    "bad day": ["check", "b.csv", "--as-of", "2026-02-30"],
    "bad reception": ["check", "b.csv", "--received-on", "tomorrow"],
    "bad policy": ["check", "b.csv", "--policy", "registration-1999"],
    "bad form": ["check", "b.csv", "--form", "nonsense"],
    "no such config": ["check", "b.csv", "--config", "none.toml"],
    "bad config": ["check", "b.csv", "--config", "bad.toml"],
    "unknown rule": ["explain", "ZZ999"],
    "one value": ["compare", "kana", "ミホン"],
    "registry without action": ["registry"],
    "zero rows": ["demo", "--rows", "0"],
}


@pytest.mark.parametrize("name", USAGE)
def test_wrong_usage(run: Run, tmp_path: Path, name: str) -> None:
    write_batch(tmp_path, name="b.csv")
    (tmp_path / "bad.toml").write_text("[rules.MN001]\nnope = 1\n", encoding="utf-8")
    assert_refused(run, 2, *USAGE[name])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.csv", "bad.toml"]


def test_the_folder_exists(run: Run, tmp_path: Path) -> None:
    batch, out = write_batch(tmp_path), tmp_path / "out"
    out.mkdir()
    (out / "keep.txt").write_text("mine", encoding="utf-8")
    assert "out" in assert_refused(run, 2, "check", batch, "--out", out)
    assert [p.name for p in out.iterdir()] == ["keep.txt"]


def test_overwrite_replaces_a_result(run: Run, tmp_path: Path) -> None:
    batch, out = write_batch(tmp_path, RETURNED), tmp_path / "out"
    assert run("check", batch, "--out", out).code == 1
    assert (out / "returned.csv").exists()
    write_batch(tmp_path, {})
    assert run("check", batch, "--out", out, "--overwrite").code == 0
    assert not (out / "returned.csv").exists()
    assert (out / "accepted.csv").exists()


def test_an_input_inside_the_folder_to_be_replaced_is_safe(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    batch = write_batch(out)
    assert_refused(run, 2, "check", batch, "--out", out, "--overwrite")
    assert batch.exists()


def _bytes(data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "input.csv"
        path.write_bytes(data)
        return path

    return make


def _text(text: str) -> Callable[[Path], Path]:
    return _bytes(text.encode())


HEADER = ",".join(RECORD)
LINE = ",".join(v or "" for v in RECORD.values())
INPUTS: dict[str, Callable[[Path], Path]] = {
    "missing": lambda folder: folder / "nowhere.csv",
    "a folder": lambda folder: folder,
    "empty": _bytes(b""),
    "header only": _text(f"{HEADER}\n"),
    "ragged": _text(f"{HEADER}\n{LINE}\n{LINE},extra\n"),
    "too few": _text(f"{HEADER}\n{LINE}\n1,2\n"),
    "missing column": _text(f"{HEADER.replace('name_kana', 'nickname')}\n{LINE}\n"),
    "doubled column": _text(f"{HEADER.replace('name_kana', 'name_kanji')}\n{LINE}\n"),
    "doubled by another name": _text(f"{HEADER},住所\n{LINE},x\n"),
    "no header": _text(f"{LINE}\n"),
    "open quote": _text(f'{HEADER}\n"{LINE}\n'),
    "two encodings": _bytes(f"{HEADER}\n{LINE}\n".encode() + f"{LINE}\n".encode("cp932")),
    "utf-16": _bytes(f"{HEADER}\n{LINE}\n".encode("utf-16")),
    "binary": _bytes(os.urandom(64) + b"\0" * 64),
    "pdf": _bytes(b"%PDF-1.7\n1 0 obj\n"),
    "zip": _bytes(b"PK\x03\x04" + b"\0" * 40),
    "cut parquet": _bytes(b"PAR1" + b"\0" * 40),
    "json array": _text('[{"name_kanji": "x"}]\n'),
    "cut json line": _text('{"my_number": "1", "name_kanji": "見本'),
    "media, few fields": lambda folder: write_media(
        folder / "KPFD0006.CSV", [media_line(fields=30)]
    ),
    "media, unknown form": lambda folder: write_media(
        folder / "KPFD0006.CSV", [media_line({1: "9999999"})]
    ),
    "unknown form": _text(f"{HEADER}\n{LINE.replace('shikaku_shutoku', 'kazoku_todoke')}\n"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_input_unusable(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = INPUTS[name](folder)
    line = assert_refused(run, 3, "check", path, "--out", tmp_path / "out")
    assert path.name in line
    assert not (tmp_path / "out").exists()


def test_every_file_of_a_call_must_be_usable(run: Run, tmp_path: Path) -> None:
    good, bad = write_batch(tmp_path), tmp_path / "bad.csv"
    bad.write_bytes(b"")
    assert "bad.csv" in assert_refused(run, 3, "check", good, bad, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_batch_may_be_expected(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text(f"{HEADER}\n", encoding="utf-8")
    ran = run(
        "check",
        path,
        "--registry",
        write_registry(tmp_path),
        "--out",
        tmp_path / "out",
        "--expect-empty",
    )
    assert (ran.code, ran.err) == (0, "")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "evidence.parquet", "findings.csv", "findings.parquet", "records.parquet", "report.html",
        "summary.json", "worklist.xlsx",
    ]  # fmt: skip


REGISTRIES: dict[str, Callable[[Path], Path]] = {
    "missing": lambda folder: folder / "nowhere.csv",
    "empty": _bytes(b""),
    "header only": _text(",".join(REGISTRY_COLUMNS) + "\n"),
    "not a registry": _text("a,b\n1,2\n"),
    "a folder of something": lambda folder: folder,
    "cut parquet": _bytes(b"PAR1" + b"\0" * 40),
    "the batch itself": lambda folder: write_csv(folder / "input.csv", [RECORD]),
}


@pytest.mark.parametrize("name", REGISTRIES)
def test_registry_unusable(run: Run, tmp_path: Path, name: str) -> None:
    batch = write_batch(tmp_path)
    folder = tmp_path / "reg"
    folder.mkdir()
    registry = REGISTRIES[name](folder)
    assert_refused(run, 4, "check", batch, "--registry", registry, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    if name != "the batch itself":
        assert_refused(run, 4, "registry", "info", registry)


def test_swapped_arguments(run: Run, tmp_path: Path) -> None:
    batch, registry = write_batch(tmp_path), write_registry(tmp_path)
    assert_refused(run, 4, "check", registry, "--registry", batch, "--out", tmp_path / "out")


def test_a_registry_that_is_too_old(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("[registry]\nmax_age_days = 2\n", encoding="utf-8")
    batch, registry = write_batch(tmp_path), write_registry(tmp_path)
    arguments = ("check", batch, "--registry", registry, "--config", "site.toml")
    assert_refused(run, 4, *arguments)
    assert run(*arguments, "--as-of", "2026-11-22").code == 0


def test_internal_errors_show_neither_traceback_nor_value(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import validator.checking

    def broken(*_: object) -> None:
        raise RuntimeError(f"{OWN} 見本 太郎")

    monkeypatch.setattr(validator.checking, "run", broken)
    line = assert_refused(run, 5, "check", write_batch(tmp_path), "--out", tmp_path / "out")
    assert "RuntimeError" in line
    assert not (tmp_path / "out").exists()
    assert list(tmp_path.glob(".*")) == []


def test_another_run_holds_the_folder(run: Run, tmp_path: Path) -> None:
    from validator.output.staging import stage

    batch = write_batch(tmp_path)
    with contextlib.suppress(KeyError), stage(tmp_path / "out", overwrite=False):
        assert_refused(run, 6, "check", batch, "--out", tmp_path / "out")
        raise KeyError  # the other run gives up
    assert run("check", batch, "--out", tmp_path / "out").code == 0


def test_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert_refused(run, 7, "check", batch, "--out", blocked / "out")


def test_counts_that_do_not_balance(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import validator.output.handover as handover

    monkeypatch.setattr(handover, "count_lines", lambda *_: 7)
    assert_refused(run, 8, "check", write_batch(tmp_path), "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("arguments", [("rules",), ("rules", "--format", "json"), ("explain", "MN003"), ("compare", "kana", "ア", "イ"),
                                       ("compare", "name", "見本太郎", "ミホンタロウ", "別人花子", "ベツジンハナコ")])  # fmt: skip
def test_what_always_exits_0(run: Run, arguments: tuple[str, ...]) -> None:
    for lang in ("ja", "en"):
        ran = run(*arguments, "--lang", lang)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out


def test_a_config_names_the_registry_the_policy_and_the_headers(run: Run, tmp_path: Path) -> None:
    registry = write_registry(tmp_path)
    (tmp_path / "site.toml").write_text(
        f'policy = "classes-2023"\nreceiver = "association"\n[registry]\npath = "{registry}"\n[headers]\nname_kana = "よみ"\n',
        encoding="utf-8",
    )
    record = {**RECORD, "name_kana": "ミボン　タロウ"}
    batch = write_csv(
        tmp_path / "b.csv", [{("よみ" if k == "name_kana" else k): v for k, v in record.items()}]
    )
    assert run("check", batch, "--config", "site.toml").code == 0
    assert run("check", batch, "--config", "site.toml", "--policy", "registration-2024").code == 1
    assert run("check", batch).code == 3
