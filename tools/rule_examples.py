"""Runs the examples of all rules through real files, as tests/rules/test_examples.py does."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def example_module() -> ModuleType:
    """The test module: its cases, and how they are written and run."""
    path = ROOT / "tests" / "rules" / "test_examples.py"
    sys.path.insert(0, str(ROOT / "tests"))
    spec = importlib.util.spec_from_file_location("cases_of_all_rules", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def groups(examples: ModuleType) -> Iterator[list[Any]]:
    """The cases as they are run: alone, or together in one batch."""
    together: dict[tuple[object, ...], list[Any]] = {}
    for case in examples.cases():
        example = case.example
        if examples.is_shared(case):
            key = (example.source, example.without_registry, example.record.get("receiver"))
            together.setdefault(key, []).append(case)
        else:
            yield [case]
    yield from together.values()


def run(examples: ModuleType, group: list[Any], folder: Path) -> list[Any]:
    """The outcomes (codes, verdict) of a group, one a case."""
    if examples.is_shared(group[0]):
        return list(examples.run_together(group, folder))
    return [examples.run_alone(group[0], folder)]


# Everybody in a shared batch is the same fictional person under many numbers.
COMPANY = "DU004"


def bad_outcomes() -> Iterator[tuple[str, list[str]]]:
    """Code of the rule and the codes found, for every bad example as if in a file of its own.

    Those that share a batch run in company first, and alone where more than their rule was found.
    """
    examples = example_module()
    with tempfile.TemporaryDirectory() as name:
        for at, group in enumerate(groups(examples)):
            bad = [case for case in group if case.bad]
            if not bad:
                continue
            folder = Path(name) / f"run{at}"
            for nth, (case, found) in enumerate(zip(bad, run(examples, bad, folder), strict=True)):
                own, codes = case.rule.code, list(found.codes)
                if len(bad) > 1 and set(codes) - {own, COMPANY}:
                    [alone] = run(examples, [case], folder.with_name(f"run{at}-{nth}"))
                    codes = list(alone.codes)
                elif len(bad) > 1 and own != COMPANY:
                    codes = [own] if own in codes else []
                yield own, codes
