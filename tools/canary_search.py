"""Runs the whole test suite and searches what it wrote and logged for every My Number it used.

    python tools/canary_search.py [pytest arguments]

Numbers are taken from all files that may hold them (inputs, registries, hand-over files) below
pytest's folder; they are looked for in all others and in the log. Exit 1 if one is found.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import polars as pl

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
OUTPUTS = {
    "summary.json",
    "findings.csv",
    "findings.parquet",
    "records.parquet",
    "stdout",
    "stderr",
}
OUTPUT_SUFFIXES = {".log", ".out", ".err", ".sarif", ".xml", ".html", ".svg"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
RUN = re.compile(r"\d{12,}")


def is_number(text: str) -> bool:
    """Whether twelve digits fit their check digit."""
    rest = sum(int(d) * w for d, w in zip(text, WEIGHTS, strict=False)) % 11
    return int(text[11]) == (0 if rest <= 1 else 11 - rest)


def text_of(path: Path) -> str:
    """All text of a file; Parquet and XLSX are unpacked."""
    data = path.read_bytes()
    if data[:4] == b"PAR1":
        try:
            return "\n".join(map(str, pl.read_parquet(io.BytesIO(data)).iter_rows()))
        except (pl.exceptions.PolarsError, ValueError):
            return ""
    if data[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                return "\n".join(
                    book.read(m)[:50_000_000].decode("utf-8", "ignore")
                    for m in book.namelist()[:50]
                )
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
            return ""
    for codec in ("utf-8", "cp932"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "ignore")


def numbers_in(text: str) -> set[str]:
    """Every My Number that stands in ``text`` (in any width)."""
    found: set[str] = set()
    for run in RUN.findall(re.sub(r"(?<=\d)[ \-](?=\d)", "", text.translate(FULL_WIDTH))):
        found.update(run[i : i + 12] for i in range(len(run) - 11) if is_number(run[i : i + 12]))
    return found


def main() -> int:
    """Run, collect, search."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "tests"
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rA", f"--basetemp={base}", *sys.argv[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
        log = run.stdout + run.stderr
        files = [
            p for p in base.rglob("*") if p.is_file() and not p.is_symlink() and p.stat().st_size
        ]
        outputs = [p for p in files if p.name in OUTPUTS or p.suffix in OUTPUT_SUFFIXES]
        used: set[str] = set()
        for path in set(files) - set(outputs):
            used |= numbers_in(text_of(path))
        # Placeholders fit their check digit too, but are nobody's: tests and messages name them.
        used -= {digit * 12 for digit in "0123456789"} | {"12345678901" + "8"}
        leaks = [str(p.relative_to(base)) for p in outputs if numbers_in(text_of(p)) & used]
        if numbers_in(log) & used:
            leaks += sorted({line[:90] for line in log.splitlines() if numbers_in(line) & used})
        sys.stdout.write(log.strip().splitlines()[-1] + "\n")
        sys.stdout.write(
            f"{len(used):,} My Numbers used in {len(files) - len(outputs):,} files;"
            f" {len(outputs):,} outputs and {len(log):,} characters of log searched: {len(leaks)} leaks\n"
        )
        for leak in leaks[:50]:
            sys.stdout.write(f"leak: {leak}\n")
    return 1 if leaks or run.returncode else 0


if __name__ == "__main__":
    raise SystemExit(main())
