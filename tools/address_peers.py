"""Our address parsing beside the other parsers that run here, in one run: docs/address-peers.md.

    python tools/address_peers.py FOLDER                what is expected in FOLDER, and what is missing
    python tools/address_peers.py FOLDER --install      fetches it there (npm, pip; the only network)
    python tools/address_peers.py FOLDER --run          measures and prints the page
    python tools/address_peers.py FOLDER --run --write  writes it

FOLDER lies outside the repository. Measured on the addresses and pairs of fixtures/address_pairs,
never on what the other projects test with. About five minutes on two cores; needs node and npm.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from address_peers_judge import one_place, same_text
from address_peers_page import FINE, MILLION, Answer, Cases, Line, report
from address_peers_setup import PEERS, Peer, install, missing, v1, v2
from address_places import many_addresses

import validator
from address_pairs.pairs import SEED, labelled_pairs
from address_pairs.splits import labelled_splits
from validator.fields.address.parse import parse_addresses

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "docs" / "address-peers.md"
_UNREACHABLE = "http://127.0.0.1:9"


def own_set(seed: int) -> Cases:
    """Everything labelled, both splits of it, in a seeded order."""
    cases = Cases(labelled_splits(seed), labelled_pairs(seed))
    draw = random.Random(seed)
    for some in cases:
        draw.shuffle(some)
    return cases


def ask(peer: Peer, cases: Cases, folder: Path, scratch: Path) -> Answer:
    """Run a parser as a process of its own, cut off from the network."""
    source, target = scratch / "in.json", scratch / "out.json"
    source.write_text(json.dumps(cases.addresses(), ensure_ascii=False), "utf-8")
    data = (v2 if peer.data == "v2" else v1)(folder).as_uri() + "/ja"
    passed = [data, str(source), str(target)]
    if peer.node:
        command = [
            "node",
            str(HERE / "address_peers_worker.mjs"),
            str(folder / peer.place),
            *passed,
        ]
    else:
        command = [sys.executable, str(HERE / "address_peers_worker.py"), peer.name, *passed]
    # Whoever would fetch something fails, and the failure counts as no answer.
    environment = {**os.environ, "PYTHONPATH": str(folder / peer.place)}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), _UNREACHABLE)
    start = time.perf_counter()
    subprocess.run([*_no_network(), *command], env=environment, check=True)
    process = time.perf_counter() - start
    found = json.loads(target.read_text("utf-8"))
    rows, border = found["rows"], len(cases.splits)
    sides = rows[border:]
    same = [one_place(*two) for two in zip(sides[::2], sides[1::2], strict=True)]
    return Answer(rows[:border], same, found["seconds"], found["warm"], process)


def _no_network() -> list[str]:
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], check=False).returncode == 0:
        return alone
    return []


def ask_ours(cases: Cases, scratch: Path) -> Answer:
    """This project: `parse_addresses`, `compare_addresses`, and the whole command for the time."""
    texts = pl.Series([case.address for case in cases.splits])
    rows = parse_addresses(texts, detail=False).select("prefecture", "city", "town", "block").rows()
    pairs = pl.DataFrame(
        [(pair.submitted, pair.registry) for pair in cases.pairs],
        schema=["submitted", "registry"],
        orient="row",
    )
    same = validator.compare_addresses(pairs)["level"].is_in(FINE).to_list()
    return Answer(list(rows), same, None, None, command_seconds(cases.addresses(), scratch))


def folding_alone(cases: Cases) -> Line:
    """What the folding finds before any parser has done a thing."""
    same = [same_text(pair.submitted, pair.registry) for pair in cases.pairs]
    return Line("the folding alone", Cases([], cases.pairs), Answer([], same, None, None, 0), None)


def command_seconds(addresses: Sequence[str], scratch: Path) -> float:
    """Seconds of `validator parse address` over a file of them, from start to end."""
    source, target = scratch / "in.csv", scratch / "out.csv"
    pl.DataFrame({"address": addresses}).write_csv(source)
    command = [sys.executable, "-m", "validator", "parse", "address", "--in", source,
               "--out", target, "--overwrite"]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=HERE.parent)
    return time.perf_counter() - start


def measured(folder: Path, scratch: Path) -> str:
    """The page of a run."""
    cases = own_set(SEED)
    before = os.getloadavg()[0]
    lines = [Line("**validator**", cases, ask_ours(cases, scratch), None)]
    million = command_seconds(many_addresses(MILLION, SEED), scratch)
    for peer in PEERS:
        part = cases.part(peer.share)
        ours = ask_ours(part, scratch)
        answer = ask(peer, part, folder, scratch)
        done = f"{len(part.addresses()):,} addresses in {answer.process:.0f} s"
        print(f"{peer.title}: {done}", file=sys.stderr)
        lines.append(Line(peer.title, part, answer, ours))
    load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} behind"
    return report(lines, folding_alone(cases), MILLION / million, load)


def expected(folder: Path) -> Iterator[str]:
    """What should be where."""
    absent = missing(folder)
    for peer in PEERS:
        state = "missing" if peer in absent else "there"
        yield f"{state:8} {peer.title} in {folder / peer.place} (data: {peer.data})"
        if peer in absent:
            yield "         " + " ".join(peer.install(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """List, fetch or measure; 3 if something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="outside the repository")
    parser.add_argument("--install", action="store_true", help="fetch what is missing")
    parser.add_argument("--run", action="store_true", help="measure")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    if folder.is_relative_to(HERE.parent):
        parser.error("FOLDER has to lie outside the repository")
    if options.install:
        install(folder)
    if missing(folder) or not options.run:
        print(*expected(folder), sep="\n")
        return 3 if missing(folder) else 0
    with TemporaryDirectory(dir=folder) as scratch:
        page = measured(folder, Path(scratch))
    if options.write:
        TARGET.write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
