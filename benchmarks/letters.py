"""How long letters take: python -m benchmarks.letters [RECORDS] [PRESET] [html|pdf]."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from shikaku_world.batches import make_batch
from shikaku_world.writers import write
from validator.checking import Options, check_files
from validator.output.letters import filed_of, write_letters

AS_OF = date(2026, 11, 23)
SEED = 7


def main(records: int, preset: str, style: str) -> int:
    """Check a synthetic batch, then time its letters alone, twice: with and without imports."""
    with tempfile.TemporaryDirectory(prefix="letters-") as name:
        folder = Path(name)
        world = make_batch(records, SEED, AS_OF, preset)
        write(world.batch, folder / "batch.csv", "csv")
        write(world.registry, folder / "registry.csv", "csv")
        checked = check_files(
            [folder / "batch.csv"], Options(registry=folder / "registry.csv", as_of=AS_OF)
        )
        checked = replace(checked, letters=checked.letters.model_copy(update={"write": style}))
        for turn in ("first", "again"):
            started = time.perf_counter()
            letters = write_letters(filed_of(checked), folder / turn)
            seconds = time.perf_counter() - started
            size = sum(path.stat().st_size for path in (folder / turn).iterdir())
            flagged = checked.judged.records["verdict"].ne("pass").sum()
            print(
                f"{records} records, {flagged} held or returned, {letters} letters ({style}), "
                f"{turn}: {seconds:.3f} s, {size / 1e6:.1f} MB"
            )
    return 0


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(
        main(int((asked or ["100"])[0]), (asked[1:] or ["demo"])[0], (asked[2:] or ["html"])[0])
    )
