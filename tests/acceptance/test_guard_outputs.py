"""The guard over everything a check writes: numbers stand in the hand-over files alone."""

from __future__ import annotations

from pathlib import Path

from clean_record import AS_OF

from shikaku_world.batches import make_batch
from shikaku_world.writers import write

from .conftest import Run

HAND_OVER = {"accepted", "held", "returned"}
FORMATS = ("json", "jsonl", "csv", "sarif", "junit", "github", "concise", "text")


def test_only_hand_over_files_are_refused(run: Run, tmp_path: Path) -> None:
    world = make_batch(300, 3, AS_OF, "accuracy")
    write(world.batch, tmp_path / "batch.csv", "csv")
    write(world.registry, tmp_path / "registry.csv", "csv")
    check = ("check", "batch.csv", "--registry", "registry.csv")
    run(*check, "--out", "out")
    for style in FORMATS:
        (tmp_path / "out" / f"stdout.{style}").write_text(run(*check, "--format", style).out)
    for strict in ((), ("--strict",)):
        ran = run("guard", "out", *strict)
        assert ran.code == 9
        told = {Path(line.split(":")[0]).stem for line in ran.out.splitlines()}
        assert told == HAND_OVER
