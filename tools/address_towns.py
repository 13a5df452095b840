"""Bring the towns of three sources together: one row for each 大字・町, one for each part of it."""

from __future__ import annotations

import re
from collections import defaultdict

import polars as pl
from address_sources import OLD_HAMAMATSU

from validator.fields.address.parse.characters import kanji_number
from validator.fields.address.parse.key import fine, key

POSTAL, REGISTRY, GEOLONIA = "postal", "registry", "geolonia"
SOURCES = (POSTAL, REGISTRY, GEOLONIA)
# 小字 that are a letter of the 番地: イ22, 甲5, 子3. They belong to the block.
_LETTER = re.compile(r"[ァ-ヺぁ-ゖ甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥A-Z]{1,2}")
_MARKS = r"^(?:大字|小字|字)|大字"


def with_keys(towns: pl.DataFrame, column: str) -> pl.DataFrame:
    """``towns`` with ``{column}_key`` and ``{column}_fine`` of each distinct name."""
    names = towns[column].drop_nulls().unique()
    found = pl.DataFrame({column: names, f"{column}_key": key(names)}).with_columns(
        fine(pl.col(column)).alias(f"{column}_fine")
    )
    return towns.join(found, on=column, how="left")


def tidy(name: str) -> pl.Expr:
    """A name in plain width, without brackets and spaces; 条 and 丁目 in kanji (contract 5)."""
    plain = pl.col(name).str.normalize("NFKC").str.replace_all(r"[\s()]", "")
    # Two digits first: the end of 12条 is 2条.
    for numbers in (range(10, 100), range(1, 10)):
        words = [(n, word) for n in numbers for word in ("条", "丁目")]
        plain = plain.str.replace_many(
            [f"{n}{word}" for n, word in words], [kanji_number(n) + word for n, word in words]
        )
    return plain


def stacked(postal: pl.DataFrame, registry: pl.DataFrame, geolonia: pl.DataFrame) -> pl.DataFrame:
    """All rows with ``source``; names tidied, keys added, 浜松 in its wards of 2024."""
    frame = pl.concat(
        [
            frame.select("code", "oaza", *columns, source=pl.lit(source))
            for source, frame, columns in (
                (POSTAL, postal, ()),
                (REGISTRY, registry, ("chome", "koaza", "unit")),
                (GEOLONIA, geolonia, ("chome", "koaza", "unit")),
            )
        ],
        how="diagonal",
    ).with_columns(tidy("oaza"), tidy("koaza"))
    # A 小字 right under the municipality is looked up like a town.
    alone = (pl.col("oaza") == "") & pl.col("koaza").is_not_null()
    frame = frame.with_columns(
        oaza=pl.when(alone).then("koaza").otherwise("oaza"),
        koaza=pl.when(~alone).then("koaza"),
        alone=alone,
    ).filter(
        # 無番地 is a block, and a mark alone no name.
        ~pl.col("oaza").str.contains("^(?:(?:大字|小字|字)*|無番地)$")
    )
    frame = with_keys(with_keys(frame, "oaza"), "koaza")
    return _new_wards(frame.filter(pl.col("oaza_key") != ""))


def _new_wards(frame: pl.DataFrame) -> pl.DataFrame:
    known = (
        frame.filter(
            (pl.col("source") == POSTAL) & pl.col("code").is_in(list(OLD_HAMAMATSU.values()))
        )
        .group_by("oaza_key")
        .agg(pl.col("code").unique().alias("wards"))
    )
    default = pl.col("code").replace(OLD_HAMAMATSU)
    old = pl.col("code").is_in(list(OLD_HAMAMATSU))
    certain = pl.col("wards").list.len() == 1
    return (
        frame.join(known, on="oaza_key", how="left")
        .with_columns(
            code=pl.when(old & certain)
            .then(pl.col("wards").list.first())
            .when(old)
            .then(default)
            .otherwise("code")
        )
        .drop("wards")
    )


def without_composites(frame: pl.DataFrame) -> pl.DataFrame:
    """Without towns that another source knows as 大字 and 小字 of it.

    Nor a 小字 right under the municipality that is named like a 大字, or by one character.
    """
    named = frame.filter(~pl.col("alone")).select("code", "oaza_key", named=True).unique()
    frame = (
        frame.join(named, on=["code", "oaza_key"], how="left")
        .filter(
            ~pl.col("alone")
            | (pl.col("named").is_null() & (pl.col("oaza_key").str.len_chars() > 1))
        )
        .drop("named")
    )
    parts = frame.filter(pl.col("koaza").is_not_null()).select(
        "code", oaza_key=pl.col("oaza_key") + pl.col("koaza_key")
    )
    whole = frame.filter((pl.col("source") == REGISTRY) & ~pl.col("alone")).select(
        "code", "oaza_key"
    )
    doubled = parts.unique().join(whole.unique(), on=["code", "oaza_key"], how="anti")
    return frame.join(
        doubled.with_columns(doubled=True), on=["code", "oaza_key"], how="left"
    ).filter(
        pl.col("doubled").is_null()
        | pl.col("koaza").is_not_null()
        | pl.col("chome").is_not_null()
        | (pl.col("source") == POSTAL)
        | ((pl.col("source") == REGISTRY) & ~pl.col("alone"))
    ).drop("doubled")  # fmt: skip


def places(frame: pl.DataFrame) -> pl.DataFrame:
    """``code, oaza_key, oaza_fine → place`` (a number), ``name``: which spellings are one place.

    Spellings with one key are one place, unless a single source lists several of them side by
    side: then each of these is a place, and what the other sources write joins the one it equals.
    """
    groups = (
        frame.group_by("code", "oaza_key", "oaza_fine", "source")
        .agg(pl.col("oaza").first(), pl.col("alone").all())
        .sort("code", "oaza_key", "source", "oaza_fine")
        .group_by("code", "oaza_key", maintain_order=True)
        .agg("oaza_fine", "source", "oaza", "alone")
    )
    rows = []
    number = 0
    for code, oaza_key, fines, sources, names, alone in groups.iter_rows():
        by_source: dict[str, list[str]] = defaultdict(list)
        for spelling, source in zip(fines, sources, strict=True):
            by_source[source].append(spelling)
        richest = max(by_source.values(), key=len)
        named = dict(zip(zip(sources, fines, strict=True), names, strict=True))
        plain_forms = [re.sub(_MARKS, "", spelling) for spelling in richest]
        for base in richest:
            joined = [f for f in fines if _joins(f, richest) == base]
            # Plain spelling of the newest source, unless the mark tells two places apart.
            name = next(
                named[source, f]
                for source in SOURCES
                for f in sorted(joined, key=lambda f: f != base)
                if (source, f) in named
            )
            plain = re.sub(_MARKS, "", name)
            bare = re.sub(_MARKS, "", base)
            if base != bare and plain_forms.count(bare) > 1:
                plain = named.get((REGISTRY, base)) or next(
                    named[s, base] for s in SOURCES if (s, base) in named
                )
            rows.extend(
                (code, oaza_key, spelling, number, plain, all(alone)) for spelling in set(joined)
            )
            number += 1
    schema = {
        "code": pl.String, "oaza_key": pl.String, "oaza_fine": pl.String, "place": pl.UInt32,
        "name": pl.String, "alone": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _joins(spelling: str, richest: list[str]) -> str:
    if spelling in richest:
        return spelling
    plain = re.sub(_MARKS, "", spelling)
    for base in richest:
        if re.sub(_MARKS, "", base) == plain:
            return base
    return richest[0]


def parts(frame: pl.DataFrame, place_of: pl.DataFrame) -> pl.DataFrame:
    """``place, key, name, kind``: 丁目 (c, name null), 丁 (t), 地割 and 小字 (k) of each place."""
    frame = frame.join(place_of, on=["code", "oaza_key", "oaza_fine"])
    chome = frame.filter(pl.col("chome").is_not_null()).select(
        "place",
        key=pl.col("chome").cast(pl.String),
        name=pl.lit(None, dtype=pl.String),
        kind=pl.when(pl.col("unit") == "丁").then(pl.lit("t")).otherwise(pl.lit("c")),
    )
    koaza = (
        frame.filter(pl.col("koaza").is_not_null())
        .with_columns(plain=pl.col("koaza").str.replace("^(?:小字|字|大字)", ""))
        .filter(
            (pl.col("koaza_key") != "")
            & ~pl.col("plain").str.contains(f"^(?:{_LETTER.pattern})$")
            # A bare number would swallow the 番地; 地割 is always written out in the register.
            & (~pl.col("koaza_key").str.contains("^[0-9]+$") | pl.col("plain").str.contains("地割"))
        )
        .sort("source", descending=True)
        .group_by("place", key="koaza_key", fine=fine(pl.col("plain")), maintain_order=True)
        .agg(name=pl.col("plain").first())
        .select("place", "key", "name", kind=pl.lit("k"))
    )
    numbered = chome.select("place", "key").unique()
    koaza = koaza.join(numbered, on=["place", "key"], how="anti")
    return pl.concat([chome.unique(["place", "key"], maintain_order=True), koaza])
