"""Every way a municipality is named: without prefecture, 郡, 政令市; by its ward; by an old name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from validator.fields.address.parse.key import key

_COUNTY = re.compile(r"^(?P<county>三宅島|八丈島|.+?郡)(?P<rest>.+[町村])$")
_WARD = re.compile(r"^(?P<city>.+?市)(?P<ward>.+区)$")
# What an alias leaves out: P prefecture, C 郡, S 政令市 before its ward, W ward; O is an old name,
# A a prefecture without 都道府県. The order is the order of preference.
OMISSIONS = ("", "C", "S", "A", "P", "PC", "PS", "W", "PW", "AC", "O", "PO")
_ENDINGS = "市町村区"


def split(city: str) -> tuple[str, str, str]:
    """郡 (or island), municipality, ward of a name as Japan Post writes it."""
    if found := _COUNTY.match(city):
        return found["county"], found["rest"], ""
    if found := _WARD.match(city):
        return "", found["city"], found["ward"]
    return "", city, ""


def current(municipalities: pl.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    """(alias, index of the municipality, what is left out, prefix of its towns)."""
    for index, (prefecture, city) in enumerate(
        municipalities.select("prefecture", "city").iter_rows()
    ):
        county, name, ward = split(city)
        short = prefecture if prefecture == "北海道" else prefecture[:-1]
        yield prefecture + city, index, "", ""
        yield city, index, "P", ""
        yield short + city, index, "A", ""
        if county:
            yield prefecture + name, index, "C", ""
            yield name, index, "PC", ""
            yield short + name, index, "AC", ""
        if ward:
            yield prefecture + ward, index, "S", ""
            yield ward, index, "PS", ""
            yield prefecture + name, index, "W", ""
            yield name, index, "PW", ""


def old(
    municipalities: pl.DataFrame, table: Path, town_keys: dict[int, list[str]]
) -> Iterator[tuple[str, int, str, str]]:
    """The same for names that no longer exist.

    Towns often carry the old name today (岩舟町静 was 岩舟町, 大字静), so every form of it that
    begins a town of the new municipality is tried as a prefix.
    """
    by_name: dict[str, list[int]] = {}
    for index, (prefecture, city) in enumerate(
        municipalities.select("prefecture", "city").iter_rows()
    ):
        _, name, ward = split(city)
        for written in {prefecture + city, prefecture + name, prefecture + name + ward}:
            by_name.setdefault(written, []).append(index)
    names = {prefecture + city for prefecture, city, _ in municipalities.select(
        "prefecture", "city", "code").iter_rows()}  # fmt: skip
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    for number, line in enumerate(lines, start=2):
        prefecture, before, after, *_ = line.split("\t")
        targets = by_name.get(prefecture + after)
        if targets is None:
            raise SystemExit(f"{table.name}:{number}: {prefecture}{after} does not exist")
        county, name, ward = split(before)
        if prefecture + before in names:
            raise SystemExit(f"{table.name}:{number}: {before} still exists")
        last = ward or name
        bare = last.rstrip(_ENDINGS) or last
        # One character alone begins too many towns by chance; 牧村 lives on in 牧区.
        stem = bare if len(last) > 2 else last
        forms = key(pl.Series([stem, last, bare + "区", bare + "町", name])).to_list()
        for index in targets:
            starts = [
                form
                for form in dict.fromkeys(forms)
                if any(town.startswith(form) and town != form for town in town_keys[index])
            ]
            for prefix in ("", *starts):
                yield prefecture + before, index, "O", prefix
                yield before, index, "PO", prefix
                if county:
                    yield prefecture + name, index, "O", prefix
                    yield name, index, "PO", prefix


def aliases(rows: Iterator[tuple[str, int, str, str]], prefectures: list[str]) -> pl.DataFrame:
    """``key, municipality, omitted, prefix`` sorted by key, the preferred first.

    A prefecture alone has no municipality (null). An old name that is also a current one of the
    same prefecture is left out.
    """
    frame = pl.DataFrame(
        [*rows, *((prefecture, None, "", "") for prefecture in prefectures)],
        schema={"alias": pl.String, "municipality": pl.UInt16, "omitted": pl.String,
                "prefix": pl.String},
        orient="row",
    )  # fmt: skip
    rank = pl.col("omitted").replace_strict(
        {name: place for place, name in enumerate(OMISSIONS)}, return_dtype=pl.UInt8
    )
    return (
        frame.with_columns(key=key(frame["alias"]), rank=rank)
        .unique(["key", "municipality", "prefix"], keep="first", maintain_order=True)
        .sort("key", "rank", "municipality", "prefix")
        .select("key", "municipality", "omitted", "prefix")
    )
