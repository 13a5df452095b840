"""What a site adds to the comparison of addresses: renamed towns, the ruling of 1963 on 小字."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Never

import polars as pl

from validator.errors import UsageError
from validator.fields.address.gazetteer import Gazetteer, load_gazetteer
from validator.fields.address.gazetteer.renames import with_renames
from validator.fields.address.parse import parse_addresses
from validator.fields.address.parse.key import key

_COLUMNS = ("municipality", "old", "new")


@dataclass(frozen=True)
class AddressSite:
    """Decisions of a site.

    ``koaza_optional``: a 小字 may be missing on one side where the numbers of the town are given
    out once for the whole town (行政実例 昭和38年5月14日 民事甲第1359号). ``gazetteer``: the
    packaged one with the site's town renames, or None.
    """

    koaza_optional: bool = False
    gazetteer: Gazetteer | None = None


PACKAGED = AddressSite()


def load_site(town_renames: Path | None, *, koaza_optional: bool) -> AddressSite:
    """The site's decisions; UsageError where the table of renamed towns cannot be used."""
    if town_renames is None:
        return AddressSite(koaza_optional)
    renames = read_renames(town_renames)
    if renames.is_empty():
        return AddressSite(koaza_optional)
    return AddressSite(koaza_optional, with_renames(load_gazetteer(), renames))


def read_renames(path: Path) -> pl.DataFrame:
    """``municipality, old, new, name`` (see `with_renames`) of a table of renamed towns.

    UTF-8 text, one rename a line, three fields with tabs between: municipality (its code of five
    or six digits, or its name), old town, new town. Blank lines, lines that begin with # and a
    heading ``municipality old new`` are passed over. UsageError names the first line that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            "町名変更の表を読めません。UTF-8 のファイルを town_renames に指定してください。",
            "the table of renamed towns cannot be read: name a file in UTF-8 as town_renames",
            file=path.name,
        ) from None
    lines = [
        (number, [field.strip() for field in line.split("\t")])
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    lines = [(number, fields) for number, fields in lines if tuple(fields) != _COLUMNS]
    for number, fields in lines:
        if len(fields) != len(_COLUMNS) or not all(fields):
            _refuse(
                path,
                number,
                "市区町村、旧町名、新町名の3項目をタブ区切りで書いてください。",
                "write municipality, old town and new town with tabs between",
            )
    rows = [fields for _, fields in lines]
    table = pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")
    known = _municipalities(table["municipality"])
    table = table.select(
        municipality=known, old=key(table["old"]), new=key(table["new"]), name=table["new"]
    )
    following: dict[tuple[int, str], tuple[str, str]] = {}
    for (number, _), (municipality, old, new, name) in zip(lines, table.iter_rows(), strict=True):
        if municipality is None:
            _refuse(
                path,
                number,
                "市区町村がわかりません。都道府県から書くか、市区町村コード5桁を書いてください。",
                "this municipality is unknown or shared: write it with its prefecture, or its code",
            )
        if not old or not new or old == new:
            _refuse(
                path,
                number,
                "旧町名と新町名が同じ町を指します。違う町名を書いてください。",
                "old and new town are one name: write two different names",
            )
        if (municipality, old) in following:
            _refuse(
                path,
                number,
                "同じ旧町名が前の行にもあります。どちらか1行にしてください。",
                "an earlier line has this old town, too: keep one of them",
            )
        following[municipality, old] = new, name
        if _latest(following, municipality, old) is None:
            _refuse(
                path,
                number,
                "前の行とあわせると町名が元に戻ります。新旧が逆でないか確認してください。",
                "with the lines above this leads back to the old town: are old and new swapped?",
            )
    latest = [found for place in following if (found := _latest(following, *place))]
    return table.with_columns(
        new=pl.Series([new for new, _ in latest], dtype=pl.String),
        name=pl.Series([name for _, name in latest], dtype=pl.String),
    )


def _latest(
    following: dict[tuple[int, str], tuple[str, str]], municipality: int, old: str
) -> tuple[str, str] | None:
    """The name that a town has after all its renames; None if they lead in a circle."""
    seen = {old}
    found = following[municipality, old]
    while (municipality, found[0]) in following:
        if found[0] in seen:
            return None
        seen.add(found[0])
        found = following[municipality, found[0]]
    return found if found[0] not in seen else None


def _municipalities(written: pl.Series) -> pl.Series:
    """The row of each municipality in the gazetteer's table, or null."""
    codes = load_gazetteer().municipalities.select("code").with_row_index("row")
    parsed = parse_addresses(written)
    alone = (parsed["oaza"] == "") & (parsed["building"] == "") & (parsed["numbers"] == "")
    by_name = parsed.select(pl.when(alone).then("muni_code")).to_series()
    by_code = written.str.extract("^([0-9]{5})[0-9]?$", 1)
    asked = by_code.zip_with(by_code.is_not_null(), by_name).alias("code").to_frame()
    return asked.join(codes, on="code", how="left", maintain_order="left")["row"]


def _refuse(path: Path, number: int, ja: str, en: str) -> Never:
    raise UsageError(
        f"町名変更の表: {ja}", f"table of renamed towns: {en}", file=path.name, lines=(number,)
    )
