"""Hostile inputs, killed runs, a full disk: a defined end, nothing personal, nothing half."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batch.hostile import hostile_inputs, secrets
from clean_record import AS_OF, number, write_batch, write_registry

import validator

from .conftest import Run

SEED = 20261123
ROOT = Path(validator.__file__).parent.parent
ENV = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'fixtures'}"}


def test_hostile_inputs_end_in_a_defined_way(run: Run, tmp_path: Path) -> None:
    hidden = [s for s in secrets(SEED) if len(s) > 3]
    codes: dict[int, int] = {}
    for position, (name, data, extension) in enumerate(hostile_inputs(SEED)):
        if position % 4 == 3 or name == "parquet-run-lengths":
            continue  # tests/batch reads them all; judging two million rows takes half a minute
        path = tmp_path / f"upload.{extension}"
        path.write_bytes(data)
        out = tmp_path / "out"
        ran = run(
            "check",
            path,
            "--out",
            out,
            "--overwrite",
            "--lang",
            ("ja", "en")[position % 2],
            "--no-progress",
        )
        codes[ran.code] = codes.get(ran.code, 0) + 1
        assert ran.code in (0, 1, 3), (name, ran)
        assert "Traceback" not in ran.err, name
        assert not [s for s in hidden if s in ran.out or s in ran.err], name
        if ran.code == 3:
            assert ran.err.count("\n") == 1, (name, ran.err)
            assert not ran.out, name
        else:
            assert ran.err == "", (name, ran.err)
            counts = json.loads((out / "summary.json").read_text(encoding="utf-8"))["counts"]
            assert counts["lines"] == counts["accepted"] + counts["held"] + counts["returned"], name
            assert counts["records"] == sum(counts["by_verdict"].values()), name
    assert sum(codes.values()) >= 500
    assert codes[3] > 250 and codes[0] > 40 and codes[1] > 10
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def command(batch: Path, registry: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "validator", "check", str(batch), "--registry", str(registry), "--out", str(out),
            "--as-of", AS_OF.isoformat(), "--quiet"]  # fmt: skip


def is_whole(out: Path) -> bool:
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))["complete"] is True


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """DIR is absent or whole, and the next run leaves no litter (tools/kill_test.py does 100)."""
    rows = [{"my_number": number(10_000 + n), "sex": "129"[n % 3]} for n in range(3000)]
    batch, registry = (
        write_batch(tmp_path, *rows),
        write_registry(tmp_path, *({"my_number": r["my_number"]} for r in rows)),
    )
    work = tmp_path / "work"
    work.mkdir()
    out = work / "out"
    started = time.perf_counter()
    subprocess.run(command(batch, registry, out), env=ENV, check=False)
    whole = time.perf_counter() - started
    assert is_whole(out)
    expected = files_of(out)
    rng = random.Random(SEED)
    absent = 0
    for _ in range(12):
        shutil.rmtree(out)
        process = subprocess.Popen(
            command(batch, registry, out), env=ENV, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=rng.uniform(0.3, 1.05) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if out.exists():
            assert files_of(out) == expected
        else:
            absent += 1
            out.mkdir()
    assert absent > 0
    subprocess.run([*command(batch, registry, out), "--overwrite"], env=ENV, check=False)
    assert files_of(out) == expected
    assert [p.name for p in work.iterdir()] == ["out"]


@pytest.mark.parametrize("limit", [1_000, 40_000])
def test_a_full_disk(tmp_path: Path, limit: int) -> None:
    rows = [{"my_number": number(10_000 + n), "sex": "129"[n % 3]} for n in range(400)]
    batch, registry = write_batch(tmp_path, *rows), write_registry(tmp_path)
    work = tmp_path / "work"
    work.mkdir()

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        command(batch, registry, work / "out"),
        env=ENV,
        preexec_fn=small,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done
    assert done.stderr.count("\n") == 1
    assert list(work.iterdir()) == []


def test_as_a_module_and_interrupted(tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {"sex": "9"})
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", str(batch), "--as-of", "2026-11-23"],
        env=ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "SX002" in done.stdout
    version = subprocess.run(
        [sys.executable, "-m", "validator", "--version"],
        env=ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert version.stdout == f"validator {validator.__version__}\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    rows = [{"my_number": number(10_000 + n), "sex": "9"} for n in range(3000)]
    batch = write_batch(tmp_path, *rows)
    process = subprocess.Popen(
        [sys.executable, "-m", "validator", "check", str(batch)],
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    error = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() in (0, 1)
    assert error == ""


@pytest.mark.parametrize("locale", ["C", "ja_JP.SJIS"])
def test_any_locale_prints_japanese(tmp_path: Path, locale: str) -> None:
    batch = write_batch(tmp_path, {"sex": "9"})
    env = {
        k: v
        for k, v in ENV.items()
        if not k.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIOENCODING"))
    } | {"LC_ALL": locale}
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", str(batch), "--out", str(tmp_path / "結果")],
        env=env,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert "返戻" in done.stdout.decode("utf-8")
    assert (tmp_path / "結果").is_dir()
