"""Fixtures of the registry's tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .made_up import to_csv


@pytest.fixture
def extract(tmp_path: Path) -> Callable[..., Path]:
    """Write an extract into the test's folder: ``extract(row, row, name="r.csv")``."""

    def write(*rows: Mapping[str, str], name: str = "residents.csv", **how: object) -> Path:
        return to_csv(tmp_path / name, rows, **how)  # type: ignore[arg-type]

    return write
