"""Where the declarative files (``schemas/``) are, in a checkout and in an installed wheel."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


@cache
def schemas_dir() -> Path:
    """Folder of ``forms/``, ``layouts/``, ``codes/``, ``policies/``, ``registry/``, ``report/``."""
    installed = _PACKAGE / "schemas"
    return installed if installed.is_dir() else _PACKAGE.parent / "schemas"


@cache
def load_toml(relative: str) -> dict[str, Any]:
    """A TOML file below ``schemas/``, read once."""
    return tomllib.loads((schemas_dir() / relative).read_text(encoding="utf-8"))
