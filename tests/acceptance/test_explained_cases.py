"""Hand-made hard cases through the command line: cause, likelihood, repair, verdict."""

from __future__ import annotations

import polars as pl
import pytest
from clean_record import AS_OF, REGISTRY_COLUMNS, write_csv

from validator.cli.main import main

from .explained_cases import PEOPLE, Case
from .explained_world import rows_of


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What the program says of the first record of each case: one run for all."""
    folder = tmp_path_factory.mktemp("explained")
    records, registry, first = rows_of(PEOPLE)
    batch = write_csv(folder / "batch.csv", records)
    source = write_csv(folder / "registry.csv", registry, REGISTRY_COLUMNS)
    out = folder / "out"
    code = main(["check", str(batch), "--registry", str(source), "--out", str(out), "--as-of",
                 AS_OF.isoformat(), "--quiet"])  # fmt: skip
    assert code == 1
    found = pl.read_parquet(out / "records.parquet").to_dicts()
    return {case.name: found[at] for case, at in zip(PEOPLE, first, strict=True)}


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case.name)
def test_what_a_good_clerk_would_say(said: dict[str, dict[str, object]], case: Case) -> None:
    row = said[case.name]
    assert (row["verdict"], row["cause"]) == (case.verdict, case.cause)
    if case.hold_class:
        assert row["hold_class"] == case.hold_class
    if case.same is not None:
        assert isinstance(row["same_person"], float)
        assert (row["same_person"] >= 0.5) is case.same, row["same_person"]
    if case.detail:
        assert row["cause_detail"] == case.detail
    if case.repair is not None:
        assert str(row["repair"] or "").startswith(case.repair)
        assert bool(row["repair"]) == bool(case.repair)
    assert (row["action"] is None) == (case.verdict == "pass")
