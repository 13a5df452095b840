"""The most probable cause of a held or returned record, decided by evidence.

The list of causes with their words and actions is schemas/codes/causes.toml. The first
condition that fits wins: conditions stand in the order of how much they explain.
"""

from __future__ import annotations

from functools import reduce

import polars as pl

from validator.fields.levels import agrees, differs
from validator.resources import load_toml

# Era bases: two eras confused shift the year by the difference of their bases.
_ERA_SHIFTS = sorted(
    {abs(a - b) for a in (1867, 1911, 1925, 1988, 2018) for b in (1867, 1911, 1925, 1988, 2018)}
    - {0}
)


# Something that the other side says is left out, or leaves more than one place open.
_INCOMPLETE = (
    *("MUNICIPALITY_MISSING", "WARD_AMBIGUOUS", "TOWN_MISSING", "NUMBER_MISSING"),
    *("KOAZA_MISSING", "LETTER_MISSING", "STREET_MISSING", "OAZA_MARK", "PREFECTURE_DIFFERS"),
)


def _any(*conditions: pl.Expr) -> pl.Expr:
    return reduce(lambda a, b: a | b.fill_null(False), conditions, pl.lit(False))


def _has_step(column: str, *codes: str) -> pl.Expr:
    """Whether one of ``codes`` stands among the steps of an item."""
    return pl.col(column).str.split("+").list.set_intersection(list(codes)).list.len() > 0


def _broken(*codes: str) -> pl.Expr:
    return pl.col("codes").list.set_intersection(list(codes)).list.len() > 0


def _other_day(day: pl.Expr) -> dict[str, pl.Expr]:
    """How ``day`` (Date) could have come from the registry's birth date by a slip."""
    real = pl.col("r_n_birth")
    a, b = day.dt.strftime("%Y%m%d"), real.dt.strftime("%Y%m%d")
    changed = pl.sum_horizontal(
        *((a.str.slice(i, 1) != b.str.slice(i, 1)).cast(pl.Int8) for i in range(8))
    )
    neighbours = [
        (a.str.slice(i, 1) == b.str.slice(i + 1, 1)) & (a.str.slice(i + 1, 1) == b.str.slice(i, 1))
        for i in range(7)
    ]
    same_day = (day.dt.month() == real.dt.month()) & (day.dt.day() == real.dt.day())
    one_part = (day.dt.year() == real.dt.year()) & (
        (day.dt.month() == real.dt.month()) | (day.dt.day() == real.dt.day())
    )
    shift = (day.dt.year().cast(pl.Int32) - real.dt.year().cast(pl.Int32)).abs()
    return {
        "era_confused": same_day & shift.is_in(_ERA_SHIFTS),
        "day_month_swapped": (day.dt.year() == real.dt.year())
        & (day.dt.month().cast(pl.Int32) == real.dt.day().cast(pl.Int32))
        & (day.dt.day().cast(pl.Int32) == real.dt.month().cast(pl.Int32)),
        "date_typo": (changed == 1) | ((changed == 2) & _any(*neighbours)) | (one_part & ~same_day),
    }


def slips() -> pl.Expr:
    """``slip``: era_confused, day_month_swapped, date_typo, wrong_sex_code, or null.

    Needs the registry's columns; a day that was refused is judged by its suggestion.
    """
    day = pl.coalesce("birth", "birth_hint")
    wrong_birth = day.is_not_null() & (day != pl.col("r_n_birth"))
    result: pl.Expr = pl.lit(None, dtype=pl.String)
    sex_only = differs("level_sex") & agrees("level_birth_date")
    result = (
        pl.when(sex_only & (_names_agree() | agrees("level_address")))
        .then(pl.lit("wrong_sex_code"))
        .otherwise(result)
    )
    for name, condition in reversed(_other_day(day).items()):
        result = pl.when(wrong_birth & condition).then(pl.lit(name)).otherwise(result)
    return result


def _names_agree() -> pl.Expr:
    return (agrees("level_name_kanji") | (pl.col("level_name_kanji") == "undecidable")) & (
        agrees("level_name_kana") | (pl.col("level_name_kana") == "undecidable")
    )


def cause() -> pl.Expr:
    """``cause`` (String) for held and returned rows.

    Needs the facts, levels, steps, registry columns, ``slip`` and ``codes`` (List: the broken
    rules with an effect).
    """
    kanji, kana, address = (
        differs("level_name_kanji"),
        differs("level_name_kana"),
        differs("level_address"),
    )
    birth = differs("level_birth_date")
    kanji_key = pl.col("key_kanji")
    other_person = (birth | differs("level_sex")) & (kanji | kana)
    family = agrees("level_address") & _same_family_name()
    spelled = (
        *("SWAPPED_PARTS", "PART_MISSING", "MIDDLE_NAME_MISSING", "INITIALS"),
        *("HONORIFIC", "BRACKETS", "FORMER_REMARK", "ROLE", "DIGITS", "BESIDE_UNVERIFIED"),
    )
    unreadable = ("NULL_WORD", "NO_NAME", "MOJIBAKE", "COMPANY", "PLACEHOLDER_UNEXPLAINED")
    table: list[tuple[pl.Expr, str]] = [
        (_broken("RG001", "RG002"), "registry_incomplete"),
        (pl.col("family_form"), "family_number"),
        (_broken("DU001") & family, "family_number"),
        (_broken("DU001") & ~pl.col("agrees_fully"), "someone_elses_number"),
        (_broken("MN012"), "registry_status"),
        (other_person & family, "family_number"),
        # A twin: same birth date, address and family name, another given name in kanji and kana.
        (
            kanji
            & kana
            & family
            & agrees("level_birth_date")
            & ~_has_step("steps_name_kanji", *spelled),
            "family_number",
        ),
        (
            pl.col("slip").is_in(["era_confused", "day_month_swapped", "date_typo"])
            & ~(kanji & kana),
            "slip",
        ),
        (
            pl.col("birth_hint").is_not_null() & (pl.col("birth_state") == "outside_era"),
            "era_confused",
        ),
        (birth & kanji & kana, "someone_elses_number"),
        (_broken("MN003", "MN002", "MN006", "MN007", "MN008", "MN013"), "number_typo"),
        (_broken("MN004"), "number_placeholder"),
        (_broken("MN001"), "number_missing"),
        (_broken("BD002", "BD003", "BD005", "BD006", "FM001"), "date_unreadable"),
        (_broken("KN002", "KN003"), "columns_swapped"),
        (_broken("NK001", "KN001", "BD001", "SX001", "SX002", "AD001", "FM008"), "item_missing"),
        (
            _broken(
                "BD007",
                "BD009",
                "FM002",
                "FM009",
                "QA001",
                "QA003",
                "QA004",
                "QA005",
                "QA006",
                "QA007",
                "QA008",
                "QA009",
                "QA010",
            ),
            "not_admissible",
        ),
        # Which number was meant only the repair search can tell; an unknown one is mostly a slip.
        (_broken("MN011"), "number_typo"),
        (pl.col("slip").is_not_null(), "slip"),
        (birth, "birth_date_differs"),
        (differs("level_sex"), "wrong_sex_code"),
        (_has_step("steps_name_kanji", "SWAPPED_COLUMNS"), "columns_swapped"),
        (
            _any(
                kanji & _has_step("steps_name_kanji", *unreadable),
                kana & _has_step("steps_name_kana", *unreadable),
            ),
            "name_unreadable",
        ),
        (kanji & _has_step("steps_name_kanji", *spelled), "name_parts"),
        (kana & ~kanji & _has_step("steps_name_kana", *spelled), "name_parts"),
        (
            kanji
            & _has_step("steps_name_kanji", "FAMILY_NAME_DIFFERS", "FORMER_NAME")
            & (kana | (kanji_key == pl.col("key_kana"))),
            "maiden_name",
        ),
        (kanji & kana, "name_differs"),
        (kanji & ~kana & _has_step("steps_name_kanji", "FORMER_NAME"), "maiden_name"),
        (kanji, "kanji_lookalike"),
        (kana & _has_step("steps_name_kana", "VOICING", "TYPO", "LOOK_ALIKE_KANA"), "kana_typo"),
        (kana, "kana_reading"),
        (address & (pl.col("steps_address") == "BUILDING_DIFFERS"), "building_differs"),
        (
            address
            & _has_step("steps_address", *_INCOMPLETE)
            & (pl.col("level_address") == "similar")
            & ~_moved_from(),
            "address_incomplete",
        ),
        (
            address & (pl.col("level_address") == "similar") & ~_moved_from(),
            "block_differs",
        ),
        (address, "moved"),
    ]
    result: pl.Expr = pl.lit("not_evaluated")
    for condition, name in reversed(table):
        value = pl.col("slip") if name == "slip" else pl.lit(name)
        result = pl.when(condition.fill_null(False)).then(value).otherwise(result)
    return result


def _same_family_name() -> pl.Expr:
    """The submitted kanji or kana family name is the registry's (as far as spaces tell)."""

    def family(column: str) -> pl.Expr:
        return pl.col(column).str.strip_chars().str.extract(r"^(\S+)\s", 1)

    return _any(
        _has_step("steps_name_kanji", "GIVEN_NAME_DIFFERS"),
        _has_step("steps_name_kana", "GIVEN_NAME_DIFFERS"),
        family("name_kanji") == family("r_name_kanji"),
    )


def _moved_from() -> pl.Expr:
    return (pl.col("r_previous_address") == pl.col("address")).fill_null(False)


def action(cause_column: str) -> pl.Expr:
    """Code of what to do about a cause."""
    causes = load_toml("codes/causes.toml")["causes"]
    return pl.col(cause_column).replace_strict(
        {name: row["action"] for name, row in causes.items()},
        default="ask_employer",
        return_dtype=pl.String,
    )
