"""How often the guard refuses a planted My Number, and how often anything else.

    python tools/guard_figures.py [--numbers 500] [--logs 1000]

Numbers are drawn by seed and live in memory only. Prints the table of docs/hooks.md.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]

from privacy.guard.harmless import write_logs  # noqa: E402

from validator.privacy.guard.blob import of_bytes  # noqa: E402
from validator.privacy.guard.files import search_file  # noqa: E402
from validator.privacy.guard.search import search  # noqa: E402

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp")
NOTATIONS: dict[str, Callable[[str], str]] = {
    "twelve digits": lambda n: n,
    "full width": lambda n: n.translate(WIDE),
    "4-4-4 by hyphen": lambda n: "-".join((n[:4], n[4:8], n[8:])),
    "4-4-4 by space": lambda n: " ".join((n[:4], n[4:8], n[8:])),
    "4-4-4 full width": lambda n: "　".join((n[:4], n[4:8], n[8:])).translate(WIDE),
}
TEXTS = {
    "alone in a file": "{}\n",
    "in a sentence": "見本さんの番号は{}です。よろしくお願いします。\n",
    "in a table without its name": "氏名,番号\n見本　太郎,{}\n見本　花子,\n",
    "behind its label": "個人番号：{}\n",
}


def check_digit(body: str) -> str:
    """The check digit of eleven digits."""
    rest = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11
    return str(0 if rest <= 1 else 11 - rest)


def zipped(name: str, data: bytes) -> bytes:
    """One file in a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def workbook(text: str) -> bytes:
    """One cell in a workbook."""
    book = openpyxl.Workbook()
    book.active.append(["番号", "氏名"])
    book.active.append([text, "見本"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


CONTAINERS: dict[str, Callable[[str], bytes]] = {
    "XLSX": workbook,
    "ZIP": lambda text: zipped("a.txt", f"番号 {text}\n".encode("cp932")),
    "GZIP": lambda text: gzip.compress(f"番号 {text}\n".encode()),
    "XLSX in ZIP": lambda text: zipped("a.xlsx", workbook(text)),
    "ZIP in GZIP": lambda text: gzip.compress(zipped("a.txt", f"番号 {text}\n".encode())),
    "base64": lambda text: b"x\n\n" + base64.encodebytes(f"番号 {text} です。".encode()),
}


def planted(numbers: list[str]) -> dict[str, tuple[int, int]]:
    """Kind of place → (refused, planted)."""
    tried, refused = Counter[str](), Counter[str]()
    for at, number in enumerate(numbers):
        cases: list[tuple[str, bytes]] = []
        for where, text in TEXTS.items():
            for notation in NOTATIONS.values():
                encoding = ENCODINGS[at % len(ENCODINGS)]
                cases.append((where, text.format(notation(number)).encode(encoding)))
        notation = list(NOTATIONS.values())[at % len(NOTATIONS)]
        cases += [(where, make(notation(number))) for where, make in CONTAINERS.items()]
        for where, data in cases:
            tried[where] += 1
            refused[where] += bool(search(of_bytes("a.bin", data)))
    return {where: (refused[where], tried[where]) for where in tried}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=500)
    parser.add_argument("--logs", type=int, default=1000)
    args = parser.parse_args()
    chance = random.Random(20261123)
    bodies = [f"{chance.randrange(10**11):011d}" for _ in range(args.numbers)]
    print("| a planted number | refused | of |\n|---|---|---|")
    for where, (refused, tried) in planted([b + check_digit(b) for b in bodies]).items():
        print(f"| {where} | {refused:,} | {tried:,} |")
    with tempfile.TemporaryDirectory() as folder:
        files = write_logs(Path(folder), args.logs)
        size = sum(file.stat().st_size for file in files)
        began = time.perf_counter()
        alarms = sum(bool(search_file(str(file), strict=False)) for file in files)
        seconds = time.perf_counter() - began
        doubtful = sum(len(search_file(str(file), strict=True)) for file in files)
    print(
        f"\n{args.logs:,} log files ({size / 1e6:.1f} MB): {alarms} false alarms, {seconds:.1f} s."
    )
    print(f"{doubtful:,} numbers in them fit by chance (--strict would refuse those).")


if __name__ == "__main__":
    main()
