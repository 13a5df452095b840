"""From keys to places: all readings of an address, and the best of them."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer
from validator.fields.address.parse.key import padded_length, written_length
from validator.fields.address.parse.kyoto import IN_KYOTO, cut_streets, search_towns
from validator.fields.address.parse.municipality import candidates
from validator.fields.address.parse.town import find_towns, spelled_alike

# The better reading first: a town is found, nothing unknown follows it, it is spelled as written,
# no prefecture is contradicted, it is a name of today, the town bears the old
# name, more of the address is explained.
_BETTER = ("has_town", "clean", "agrees", "today", "prefixed", "all_used", "alike")


def match(
    keys: pl.Series, texts: pl.Series, written: pl.Series, gazetteer: Gazetteer
) -> pl.DataFrame:
    """The best reading of each key that has one.

    ``texts`` are the padded forms. Columns: ``row``, ``municipality`` (or null: a prefecture only),
    ``omitted``, ``contradicted``, ``prefix``, ``used`` (characters of the key before the street or
    town), ``street`` (characters of a Kyoto street after them), ``town``, ``part``, ``second``,
    ``clean``, ``all_used`` (characters of the town after both), ``ambiguous``.
    """
    read = candidates(keys, gazetteer)
    read = read.with_columns(
        rest=keys.gather(read["row"])
        .to_frame("k")
        .select(pl.col("k").str.slice(pl.lit(read["used"])))
        .to_series()
    )
    placed = read.filter(pl.col("municipality").is_not_null())
    placed = cut_streets(placed, gazetteer)
    found = find_towns(placed, gazetteer)
    found = search_towns(found, gazetteer)
    found = _alike(found, texts, written, gazetteer)
    nowhere = read.filter(pl.col("municipality").is_null())
    best = _best(found)
    left = nowhere.join(best.select("row"), on="row", how="anti")
    return pl.concat([best, left], how="diagonal_relaxed")


def _alike(
    found: pl.DataFrame, texts: pl.Series, written: pl.Series, gazetteer: Gazetteer
) -> pl.DataFrame:
    shared = found["shared"].arg_true()
    alike = pl.repeat(True, found.height, dtype=pl.Boolean, eager=True)
    if len(shared):
        asked = found[shared].select("row", "town", before=pl.col("used") + pl.col("street"))
        text = texts.gather(asked["row"])
        begin = padded_length(text, asked["before"])
        asked = asked.with_columns(
            written=pl.DataFrame({"w": written.gather(asked["row"]), "t": text, "b": begin})
            .select(pl.col("w").str.slice(written_length(pl.col("t"), pl.col("b"))))
            .to_series()
        )
        alike = alike.scatter(shared, spelled_alike(asked, gazetteer))
    return found.with_columns(alike=alike)


def _best(found: pl.DataFrame) -> pl.DataFrame:
    found = found.with_columns(
        has_town=pl.col("town").is_not_null(),
        agrees=~pl.col("contradicted"),
        today=~pl.col("omitted").str.contains("O"),
        prefixed=pl.col("prefix") != "",
    )
    several = found["row"].is_duplicated()
    single = found.filter(~several).with_columns(ambiguous=pl.lit(value=False))
    ranked = (
        found.filter(several)
        .with_row_index("order")
        .sort("row", *_BETTER, "order", descending=[False, *[True] * len(_BETTER), False])
    )
    if ranked.is_empty():
        return single
    grade = pl.struct(_BETTER)
    tied = (grade == grade.first().over("row")) & (
        (pl.col("municipality") != pl.col("municipality").first().over("row"))
        | pl.col("town").ne_missing(pl.col("town").first().over("row"))
    )
    ranked = ranked.with_columns(ambiguous=tied.any().over("row")).unique(
        "row", keep="first", maintain_order=True
    )
    return pl.concat([single, ranked.drop("order")])


__all__ = ["IN_KYOTO", "match"]
