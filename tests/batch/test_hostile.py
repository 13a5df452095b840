"""Hostile and broken files end in a refusal or a whole batch, quickly, and show nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from validator.batch import Batch, read_batch
from validator.errors import InputError

from .hostile import hostile_inputs, secrets

SEED = 20251201


def outcome(path: Path) -> Batch | InputError:
    try:
        return read_batch([path])
    except InputError as error:
        return error


def test_hostile_inputs_end_in_a_refusal_or_a_whole_batch(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    hidden = secrets(SEED)
    seen: dict[str, str] = {}
    slowest = 0.0
    for name, data, extension in hostile_inputs(SEED):
        assert name not in seen
        path = tmp_path / f"upload.{extension}"
        path.write_bytes(data)
        started = time.perf_counter()
        got = outcome(path)
        seen[name] = type(got).__name__
        if isinstance(got, InputError):
            for text in (got.render("ja"), got.render("en")):
                assert "\n" not in text, name
                assert all(character.isprintable() for character in text), name
                assert not any(value in text for value in hidden), name
            assert got.__cause__ is None, name
        else:
            assert got.frame.height == got.sources[0].records, name
        slowest = max(slowest, time.perf_counter() - started)
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")
    assert len(seen) >= 500
    refused = sum(result == "InputError" for result in seen.values())
    assert 0.5 * len(seen) < refused < len(seen)
    assert slowest < 10


def test_the_stream_is_the_same_for_the_same_seed() -> None:
    first = [(name, len(data)) for name, data, _ in hostile_inputs(3)]
    assert first == [(name, len(data)) for name, data, _ in hostile_inputs(3)]


def test_standard_error_is_open_again_after_a_parser_failed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + b"\7" * 40 + b"PAR1")
    with pytest.raises(InputError):
        read_batch([path])
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"
