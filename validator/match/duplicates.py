"""What only the whole batch can tell: one number on two persons, one person with two numbers.

Two records stand for different persons if their birth dates differ, or both their names
differ after normalisation (contract section 3, class D). In a group where neither the
birth dates nor both names vary, no such pair exists, so counting distinct keys suffices; where
only the keys of both names vary, the names themselves are compared, because keys leave a few
notations open (佐々木 / 佐佐木, long vowels).
"""

from __future__ import annotations

import polars as pl

from validator.fields.kana import kana_key
from validator.fields.levels import differs
from validator.fields.name import compare_name_pairs, kanji_key

KEYS = (
    "row",
    "form",
    "block",
    "number",
    "insured_id",
    "birth",
    "sex_code",
    "name_kanji",
    "name_kana",
    "key_kanji",
    "key_kana",
    "insured_birth",
    "insured_name_kanji",
    "insured_name_kana",
    "office_code",
    "insured_symbol",
    "insured_number",
)
FLAGS = ("two_persons", "family_form", "repeated", "two_numbers")


def find_duplicates(keys: pl.DataFrame) -> pl.DataFrame:
    """Flags for the rows concerned only.

    ``keys`` has the columns `KEYS`. Returns ``row`` and the Boolean columns `FLAGS`:
    ``two_persons`` (the number stands for two persons in the batch), ``family_form`` (for two
    on one row's form), ``repeated`` (same number, same person, same form), ``two_numbers``.
    """
    shared = _shared_numbers(keys)
    parts = [
        shared.filter("two").select("row", two_persons=pl.lit(True)),
        pl.concat([_family_forms(keys), _one_family(shared)]).unique(),
        _repeated(shared),
        _two_numbers(keys),
    ]
    rows = pl.concat([part.select("row") for part in parts]).unique().sort("row")
    for part in parts:
        rows = rows.join(part, on="row", how="left", maintain_order="left")
    return rows.select("row", *(pl.col(flag).fill_null(False) for flag in FLAGS))


def _varies(column: str) -> pl.Expr:
    return pl.col(column).drop_nulls().n_unique() > 1


def _shared_numbers(keys: pl.DataFrame) -> pl.DataFrame:
    used = keys.filter(pl.col("number").is_not_null())
    people = ["number", "birth", "name_kanji", "name_kana", "key_kanji", "key_kana"]
    named = pl.concat([used.select(people), _insured(keys).select(people)])
    shared = named.filter(pl.col("number").is_duplicated())
    groups = shared.group_by("number").agg(
        births=_varies("birth"), names=_varies("key_kanji") & _varies("key_kana")
    )
    by_name = groups.filter(~pl.col("births") & pl.col("names")).select("number")
    other_names = _other_names(shared.join(by_name, on="number", how="semi"))
    groups = groups.select(
        "number", two=pl.col("births") | pl.col("number").is_in(other_names.implode())
    )
    several = used.filter(pl.col("number").is_in(groups["number"].implode()))
    return several.join(groups, on="number", how="left", maintain_order="left")


def _other_names(people: pl.DataFrame) -> pl.Series:
    """Numbers that stand for two people whose kanji and kana names both differ."""
    names = people.select("number", "name_kanji", "name_kana", "key_kanji", "key_kana").unique()
    names = names.drop_nulls().with_row_index("person")
    # Groups are small, so pairs are few; the same names in another notation have equal keys.
    pairs = names.join(names, on="number", suffix="_other").filter(
        (pl.col("person") < pl.col("person_other"))
        & (pl.col("key_kanji") != pl.col("key_kanji_other"))
        & (pl.col("key_kana") != pl.col("key_kana_other"))
    )
    kanji, kana = differing_names(pairs, "name_kanji_other", "name_kana_other")
    return pairs.filter(kanji & kana).get_column("number").unique()


def differing_names(pairs: pl.DataFrame, kanji: str, kana: str) -> tuple[pl.Series, pl.Series]:
    """Whether ``name_kanji`` and ``name_kana`` differ from the columns given, in each row.

    Neither side is the registry, so the comparison is made both ways: equal in one is enough.
    """
    nobody = pl.lit(None, dtype=pl.String)
    ways = [
        compare_name_pairs(
            pairs.select(
                s_kanji=a[0],
                s_kana=a[1],
                r_kanji=b[0],
                r_kana=b[1],
                r_alias_kanji=nobody,
                r_alias_kana=nobody,
                r_former_kanji=nobody,
                r_former_kana=nobody,
            )
        )
        for a, b in (
            (("name_kanji", "name_kana"), (kanji, kana)),
            ((kanji, kana), ("name_kanji", "name_kana")),
        )
    ]
    there, back = (way.select(differs("level_kanji"), differs("level_kana")) for way in ways)
    return there["level_kanji"] & back["level_kanji"], there["level_kana"] & back["level_kana"]


def _insured(keys: pl.DataFrame) -> pl.DataFrame:
    """The insured persons whom family forms name beside the dependant, as people of the batch."""
    return keys.filter(pl.col("insured_id").is_not_null()).select(
        number="insured_id",
        birth="insured_birth",
        name_kanji="insured_name_kanji",
        name_kana="insured_name_kana",
        key_kanji=kanji_key(pl.col("insured_name_kanji")),
        key_kana=kana_key(pl.col("insured_name_kana")),
    )


def _family_forms(keys: pl.DataFrame) -> pl.DataFrame:
    same = keys.filter(pl.col("number").is_not_null() & (pl.col("number") == pl.col("insured_id")))
    other_birth = (pl.col("birth") != pl.col("insured_birth")).fill_null(False)
    keys_differ = (
        (pl.col("key_kanji") != kanji_key(pl.col("insured_name_kanji")))
        & (pl.col("key_kana") != kana_key(pl.col("insured_name_kana")))
    ).fill_null(False)
    births = same.filter(other_birth).select("row")
    open_names = same.filter(~other_birth & keys_differ)
    kanji, kana = differing_names(open_names, "insured_name_kanji", "insured_name_kana")
    names = open_names.filter(kanji & kana).select("row")
    return pl.concat([births, names]).with_columns(family_form=pl.lit(True))


def _one_family(shared: pl.DataFrame) -> pl.DataFrame:
    """Rows of one family's form: the same number on two dependants of one insured person."""
    family = ["number", "form", "office_code", "insured_symbol", "insured_number"]
    rows = shared.filter(
        pl.col("two") & (pl.col("form") == "hifuyosha_ido") & pl.col("insured_number").is_not_null()
    )
    again = rows.filter(pl.struct(family).is_duplicated())
    return again.select("row", family_form=pl.lit(True))


def _repeated(shared: pl.DataFrame) -> pl.DataFrame:
    # A family of more than two dependants names its insured person on several lines.
    one_person = shared.filter(~pl.col("two") & (pl.col("block").fill_null("") != "insured"))
    again = one_person.filter(pl.struct("number", "form").is_duplicated())
    return again.select("row", repeated=pl.lit(True))


def _two_numbers(keys: pl.DataFrame) -> pl.DataFrame:
    person = ["key_kanji", "key_kana", "birth", "sex_code"]
    known = keys.filter(
        pl.col("number").is_not_null() & pl.all_horizontal(pl.col(person).is_not_null())
    ).select("row", "number", person=pl.struct(person).hash(seed=7))
    several = known.filter(pl.col("person").is_duplicated())
    groups = several.group_by("person").agg(two=pl.col("number").n_unique() > 1)
    return several.join(groups, on="person").filter("two").select("row", two_numbers=pl.lit(True))
