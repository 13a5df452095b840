"""How long one address takes in a warm process, kind by kind, hard ones among them.

    python -m benchmarks.single_address [--times 15]

Prints milliseconds of `validator.parse_addresses` and `validator.compare_addresses` for a single
address: the first call (which loads what is needed), and median and maximum of the others. The last
line is the slowest of all warm calls.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import polars as pl

from validator import compare_addresses, parse_addresses

REGISTERED = "東京都江東区豊洲二丁目3番4号"
_LONG = 10_000  # characters
KINDS = {
    "as registered": REGISTERED,
    "typical": "東京都江東区豊洲一丁目2番27号",
    "room": "江東区豊洲2-3-4 見本ハイツ101号室",
    "old municipality": "浦和市常盤6-4-4",
    "ambiguous": "中央区日本橋1-1-1",
    "小字": "山形県西村山郡河北町谷地字月山堂15",
    "grid of 札幌": "札幌市中央区北1西2-1-1",
    "street of 京都": "京都市中京区寺町通御池上る上本能寺前町488番地",
    "street of 京都, long": "京都府京都市上京区今出川通烏丸東入玄武町601",
    "numbers alone": "1-2-3",
    "overseas": "New York 5th Avenue",
    "empty": "",
    "open brackets": "東京都江東区豊洲1-2-27(" * 50,
    "brackets alone": "（" * _LONG,
    "hyphens": "東京都江東区豊洲" + "-" * _LONG,
    "digits": "東京都江東区豊洲" + "1" * _LONG,
    "numerals": "一" * _LONG,
    "丁目": "東京都江東区豊洲" + "丁目" * (_LONG // 2),
    "an address again and again": "東京都江東区豊洲1-2-27" * (_LONG // 14),
    "10 MB": "東京都江東区豊洲1-2-27あ" * 300_000,
}


@dataclass(frozen=True)
class Taken:
    """Milliseconds of one kind: the first call, and the calls behind it."""

    first: float
    warm: list[float]

    def __str__(self) -> str:
        return f"{self.first:9.1f} {median(self.warm):9.1f} {max(self.warm):9.1f}"


def taken(work: Callable[[], object], times: int) -> Taken:
    """``work`` once, then ``times`` times more."""
    first, *warm = [_milliseconds(work) for _ in range(times + 1)]
    return Taken(first, warm)


def _milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; always 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.single_address")
    parser.add_argument("--times", type=int, default=15, help="warm calls of each kind")
    options = parser.parse_args(arguments)
    if options.times < 1:
        parser.error("--times: at least 1")
    slowest: dict[str, tuple[float, str]] = {"parse": (0.0, ""), "compare": (0.0, "")}
    print(f"{'':7} {'first':>9} {'median':>9} {'max':>9}  ms of one address")
    for kind, address in KINDS.items():
        alone = pl.Series([address])
        pair = pl.DataFrame({"submitted": [address], "registry": [REGISTERED]})
        for name, work in (
            ("parse", lambda alone=alone: parse_addresses(alone)),
            ("compare", lambda pair=pair: compare_addresses(pair)),
        ):
            found = taken(work, options.times)
            print(f"{name:7} {found}  {kind}", flush=True)
            slowest[name] = max(slowest[name], (max(found.warm), kind))
    for name, (most, kind) in slowest.items():
        print(f"slowest warm {name}: {most:.1f} ms ({kind})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
