"""Runs the whole test suite and searches what it wrote and logged for personal values.

    python tools/canary_search.py [pytest arguments]
    python tools/canary_search.py --kept FOLDER LOG    # a suite that has run: --basetemp, -rA output

My Numbers, names, kana, birth dates and addresses are taken from all files below pytest's folder
that may hold them (inputs, registries, hand-over files). Numbers are looked for in all other files
and in the log; names, birth dates and addresses in those that show them masked: summary, report,
machine formats, records, findings without their suggestions, status and logs of the nights, and
what commands printed. Exit 1 if one is found.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import polars as pl
from canary_values import personal_values

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
OUTPUTS = {
    "summary.json",
    "status.json",
    "findings.csv",
    "findings.parquet",
    "records.parquet",
    "evidence.parquet",
    "ledger.sqlite3",
    "prek.log",
    "stdout",
    "stderr",
}
OUTPUT_SUFFIXES = {".sarif", ".xml", ".html", ".svg"}
# Letters say what their employer has submitted; numbers not even they.
LETTER = re.compile(r"(?:\d{4}|direct)-(?!\d\d-\d\d\.html).*\.html|unknown-office\.html")
# The numbers that committed tests may name, and so the names of their cases.
FORMULA_VECTORS = {f"{27182818284}0", f"{31415926535}2", f"{12345678901}8"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
RUN = re.compile(r"\d{12,}")
# Hashes of files, and letters as the names of test cases write them, hold digits of nobody.
HASH = re.compile(r"[0-9a-f]{40,}")
ESCAPED = re.compile(r"\\u[0-9a-f]{4}")
CAPTURED = re.compile(r"^-+ Captured (?:stdout|stderr|log) \w+ -+$", re.MULTILINE)
SECTION = re.compile(r"^(?:-{5,}|_{5,}|={5,}) ", re.MULTILINE)
TEXTS_AT_ONCE = 200


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


def is_letter(path: Path) -> bool:
    """Whether a page is one to an employer or a person."""
    return bool(LETTER.fullmatch(path.name)) or "letters" in path.parts


def masked_text(path: Path) -> str:
    """The text of an output without what may stand there in clear (suggestions)."""
    if path.name in {"findings.csv", "findings.parquet"}:
        read = pl.read_csv if path.suffix == ".csv" else pl.read_parquet
        try:
            frame = read(path)
        except (pl.exceptions.PolarsError, ValueError):
            return text_of(path)
        return "\n".join(map(str, frame.drop("suggestion", strict=False).iter_rows()))
    return text_of(path)


def numbers_in(text: str) -> set[str]:
    """Every My Number that stands in ``text`` (in any width)."""
    found: set[str] = set()
    text = ESCAPED.sub(" ", HASH.sub(" ", text.translate(FULL_WIDTH)))
    for run in RUN.findall(re.sub(r"(?<=\d)[ \-](?=\d)", "", text)):
        found.update(run[i : i + 12] for i in range(len(run) - 11) if is_number(run[i : i + 12]))
    return found


def printed(log: str) -> str:
    """What commands printed in the tests' own process: the captured sections of the log."""
    parts = []
    for match in CAPTURED.finditer(log):
        end = SECTION.search(log, match.end() + 1)
        parts.append(log[match.end() : end.start() if end else len(log)])
    return "\n".join(parts)


def with_values(texts: dict[str, str], values: set[str]) -> dict[str, set[str]]:
    """By place, the ``values`` that stand in its text."""
    found: dict[str, set[str]] = {}
    patterns = sorted(values)
    places = list(texts)
    for start in range(0, len(places), TEXTS_AT_ONCE):
        some = places[start : start + TEXTS_AT_ONCE]
        hits = pl.Series([texts[p] for p in some], dtype=pl.String).str.extract_many(patterns)
        found.update({p: set(hit) for p, hit in zip(some, hits.to_list(), strict=True) if hit})
    return found


def run_suite(base: Path, arguments: list[str]) -> tuple[str, int]:
    """The log of the suite and its exit code; its files are in ``base``."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", f"--basetemp={base}", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr, run.returncode


def known_in_public() -> set[str]:
    """Names and addresses of the rules' examples: they are the program's own words."""
    root = Path(__file__).resolve().parent.parent
    texts = [*(root / "schemas").rglob("*.toml"), *(root / "validator").rglob("*.py")]
    return {"\n".join(p.read_text("utf-8") for p in texts)}


def search(base: Path, log: str) -> int:
    """Search everything below ``base`` and ``log``; how many places hold a value."""
    files = [p for p in base.rglob("*") if p.is_file() and not p.is_symlink() and p.stat().st_size]
    outputs = [p for p in files if p.name in OUTPUTS or p.suffix in OUTPUT_SUFFIXES]
    used: set[str] = set()
    values: set[str] = set()
    for path in set(files) - set(outputs):
        text = text_of(path)
        used |= numbers_in(text)
        values |= personal_values(path, text)
    # Placeholders fit their check digit too, but are nobody's: tests and messages name them.
    used -= {digit * 12 for digit in "0123456789"} | FORMULA_VECTORS
    (own_words,) = known_in_public()
    values = {v for v in values if v not in own_words}

    leaks = [f"number: {p.relative_to(base)}" for p in outputs if numbers_in(text_of(p)) & used]
    # Names of passed cases are committed text, which the guard looks at.
    lines = {line for line in log.splitlines() if not line.startswith("PASSED ")}
    leaks += sorted(f"log: {line[:90]}" for line in lines if numbers_in(line) & used)
    masked = {str(p.relative_to(base)): masked_text(p) for p in outputs if not is_letter(p)}
    masked["what commands printed"] = printed(log)
    for place, hits in sorted(with_values(masked, values).items()):
        leaks.append(f"value: {place}: {json.dumps(sorted(hits)[:5], ensure_ascii=False)}")
    sys.stdout.write(
        f"{len(used):,} My Numbers and {len(values):,} names, birth dates and addresses of"
        f" {len(files) - len(outputs):,} files; {len(outputs):,} outputs"
        f" ({len(masked) - 1:,} of them masked) and {len(log):,} characters of log searched:"
        f" {len(leaks)} leaks\n"
    )
    for leak in leaks[:50]:
        sys.stdout.write(f"leak: {leak}\n")
    return len(leaks)


def main(arguments: list[str]) -> int:
    """Run, collect, search."""
    if arguments[:1] == ["--kept"]:
        return min(1, search(Path(arguments[1]), Path(arguments[2]).read_text("utf-8")))
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "tests"
        log, code = run_suite(base, arguments)
        sys.stdout.write(log.strip().splitlines()[-1] + "\n")
        return 1 if search(base, log) or code else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
