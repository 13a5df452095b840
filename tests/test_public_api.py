"""The names that `import validator` promises, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

import validator


def test_a_public_name_is_never_hidden_by_a_module() -> None:
    code = (
        "import pkgutil, importlib, types, validator\n"
        "for m in pkgutil.iter_modules(validator.__path__):\n"
        "    m.name == '__main__' or importlib.import_module(f'validator.{m.name}')\n"
        "hidden = [n for n in validator.__all__ if isinstance(getattr(validator, n), types.ModuleType)]\n"
        "assert not hidden, hidden\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_heavy_is_imported_with_the_package() -> None:
    code = "import sys, validator, validator.cli.main; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        validator.nonsense  # noqa: B018
