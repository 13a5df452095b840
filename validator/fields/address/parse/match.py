"""From keys to places: all readings of an address, and the best of them."""

from __future__ import annotations

import polars as pl

from validator.fields.address.gazetteer import Gazetteer, Towns
from validator.fields.address.parse.account import Account
from validator.fields.address.parse.borders import ended_towns
from validator.fields.address.parse.kyoto import cut_streets, search_towns
from validator.fields.address.parse.municipality import candidates
from validator.fields.address.parse.town import find_towns, spelled_alike
from validator.fields.address.postal import code_municipalities

# The better reading first: a town is found, nothing unknown follows it, it is spelled as written,
# no prefecture is contradicted, it is a name of today, the town bears the old name, the name is the
# town's own, more of the address is explained.
_BETTER = ("has_town", "clean", "agrees", "today", "prefixed", "own", "all_used", "alike")
# Names that a town only may be meant by: 赤坂 is 赤坂町 only where no other municipality has 赤坂.
_GUESSED = ("TOWN_WORD", "KANA_OMITTED", "KANA_ADDED", "BLOCK_WORD", "KE_FOR_KA")


def match(
    keys: pl.Series, codes: pl.Series, account: Account, gazetteer: Gazetteer
) -> tuple[pl.DataFrame, Towns]:
    """The best reading of each key that has one, and the towns it refers to.

    ``codes``: the postal code in front of each address, or null; it is asked only where the
    address leaves its municipality open.

    Columns: ``row``, ``municipality`` (or null: a prefecture only), ``omitted``, ``contradicted``,
    ``prefix``, ``used`` (characters of the key before the street or town), ``street`` (characters
    of a Kyoto street after them), ``town``, ``part``, ``second``, ``clean``, ``all_used``
    (characters of the town after both), ``ambiguous`` (another reading is as good), ``elsewhere``
    (and leads to another municipality).
    """
    read = candidates(keys, gazetteer)
    read = read.with_columns(rest=keys.gather(read["row"]))
    read = read.with_columns_seq(pl.col("rest").str.slice(pl.col("used")))
    somewhere = read["municipality"].is_not_null()
    placed = read if somewhere.all() else read.filter(somewhere)
    places = gazetteer.covering(placed["municipality"])
    readings = cut_streets(placed, gazetteer)
    found = ended_towns(find_towns(readings, places), readings, account, places)
    found = search_towns(found, gazetteer, places)
    best = _best(_alike(found, account, places), codes, account, gazetteer).drop("rest")
    best = _spelled_parts(best, account, places)
    if placed.height < read.height:
        nowhere = read.filter(~somewhere).drop("rest")
        left = nowhere.join(best.select("row"), on="row", how="anti")
        best = pl.concat([best, left], how="diagonal_relaxed")
    return (best if best["row"].is_sorted() else best.sort("row")), places


def _alike(found: pl.DataFrame, account: Account, places: Towns) -> pl.DataFrame:
    alike = pl.Series([True]).new_from_index(0, found.height)
    if found["shared"].any():
        at = found["shared"].arg_true()
        asked = found[at].select("row", "town", before=pl.col("used") + pl.col("street"))
        written = account.between(asked["before"], at=asked["row"])
        names = places.towns["name"].gather(asked["town"])
        alike = alike.scatter(at, spelled_alike(names, written))
    return found.with_columns(alike=alike)


# A 丁目 that is called so. A bare 1-2 may be 一丁目2 here and 1番地2 elsewhere.
_SAID = r"^[\s\u3000]*[0-9０-９〇一二三四五六七八九十]+[\s\u3000]*(?:丁|町目|条|條)"
_BUT_CHOME = ("has_town", "clean", "agrees", "today", "prefixed", "own")


def _best(
    found: pl.DataFrame, codes: pl.Series, account: Account, gazetteer: Gazetteer
) -> pl.DataFrame:
    several = found["row"].is_duplicated()
    settled = {"ambiguous": pl.lit(value=False), "elsewhere": pl.lit(value=False)}
    if not several.any():
        return found.with_columns(**settled)
    single = found.filter(~several).with_columns(**settled)
    ranked = _ranked(found.filter(several), account)
    if (named := _named_by_code(ranked, codes, gazetteer)) is not None:
        left = ranked.filter(named).select(found.columns)
        ranked = pl.concat(
            [
                ranked.filter(~pl.col("row").is_in(left["row"].implode())),
                _ranked(left, account),
            ]
        )
    ranked = ranked.unique("row", keep="first", maintain_order=True)
    return pl.concat([single, ranked.select(single.columns)])


def _ranked(found: pl.DataFrame, account: Account) -> pl.DataFrame:
    """The better reading of a row first.

    ``ambiguous, elsewhere`` of the row (see `match`); ``rival``: as good as the first, or its own.
    """
    ranked = found.with_row_index("order").with_columns(
        has_town=pl.col("town").is_not_null(),
        agrees=~pl.col("contradicted"),
        today=~pl.col("omitted").str.contains("O"),
        prefixed=pl.col("prefix") != "",
        own=~pl.col("second").cast(pl.String).is_in(_GUESSED).fill_null(value=False),
    )  # fmt: skip
    ranked = ranked.sort(
        "row", *_BETTER, "order", descending=[False, *[True] * len(_BETTER), False]
    )
    grade = pl.struct(_BETTER)
    town_end = pl.col("used") + pl.col("street") + pl.col("town_used")
    ranked = ranked.with_columns(town_end=town_end)
    behind = account.between(ranked["town_end"], at=ranked["row"])
    ranked = ranked.with_columns(said=behind.str.contains(_SAID))
    tied = grade == grade.first().over("row")
    other = pl.col("municipality") != pl.col("municipality").first().over("row")
    town = pl.col("town").ne_missing(pl.col("town").first().over("row"))
    # As far as the town itself all is equal; only a bare number makes the better one longer.
    alike = pl.struct(*_BUT_CHOME, "town_end")
    elsewhere = other & (tied | ((alike == alike.first().over("row")) & ~pl.col("said")))
    return ranked.with_columns(
        ambiguous=(elsewhere | (tied & town)).any().over("row"),
        elsewhere=elsewhere.any().over("row"),
        rival=elsewhere | ~other,
    )


def _named_by_code(
    ranked: pl.DataFrame, codes: pl.Series, gazetteer: Gazetteer
) -> pl.Series | None:
    """The readings of the one municipality, of several as good, that the postal code names."""
    open_rows = ranked["elsewhere"]
    if not open_rows.any() or codes.null_count() == len(codes):
        return None
    rivals = ranked.select(
        "row",
        "municipality",
        rival=pl.col("elsewhere") & pl.col("rival"),
        code=codes.gather(ranked["row"]),
        city_code=gazetteer.municipalities["code"].gather(ranked["municipality"]),
    )
    asked = rivals.filter("rival").drop_nulls("code")
    if asked.is_empty():
        return None
    fitting = asked.join(code_municipalities(asked["code"]), on=["code", "city_code"])
    fitting = fitting.select("row", "municipality").unique()
    fitting = fitting.filter(pl.len().over("row") == 1).with_columns(fits=pl.lit(value=True))
    if fitting.is_empty():
        return None
    return rivals.join(
        fitting, on=["row", "municipality"], how="left", maintain_order="left"
    )["fits"].fill_null(value=False)  # fmt: skip


def _spelled_parts(best: pl.DataFrame, account: Account, places: Towns) -> pl.DataFrame:
    """Of several 小字 with one key that which is spelled as written, else the first."""
    shared = (best["part_count"] > 1) & best["part"].is_not_null()
    if not shared.any():
        return best
    at = shared.arg_true()
    asked = best[at].with_row_index("asked")
    asked = asked.with_columns(
        part_at=pl.col("used") + pl.col("street") + pl.col("town_used"),
        of=pl.int_ranges("part", pl.col("part") + pl.col("part_count"), dtype=pl.UInt32),
    )
    written = account.between(asked["part_at"], at=asked["row"])
    options = asked.select(
        "asked", "of", written=written.str.replace("^(?:小字|大字|字)", "")
    ).explode("of")
    names = places.parts["name"].gather(options["of"])
    options = options.filter(spelled_alike(names, options["written"]))
    options = options.unique("asked", keep="first", maintain_order=True)
    part = best["part"].clone().scatter(at.gather(options["asked"]), options["of"])
    return best.with_columns(part=part)
