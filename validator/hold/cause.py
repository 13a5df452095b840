"""The most probable cause of a held or returned record, decided by evidence.

The list of causes with their words and actions is schemas/codes/causes.toml. The first
condition that fits wins: conditions stand in the order of how much they explain.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import agrees, differs
from validator.hold.evidence import (
    CONFUSABLE,
    INCOMPLETE,
    SPELLED,
    UNREADABLE,
    any_of,
    first_true,
    has_step,
)
from validator.hold.moved_columns import columns_shifted, columns_swapped
from validator.hold.slips import DATE_SLIPS, impossible_month, names_agree, slips
from validator.resources import load_toml

_CONDITIONS = (
    *("BD007", "BD009", "FM002", "FM009"),
    *("QA001", "QA003", "QA004", "QA005", "QA006", "QA007", "QA008", "QA009", "QA010"),
    *("QA034", "QA044"),
)
_USUAL = ("dictionary", "lattice")
# Below it a record speaks for two people.
EVEN = 0.5


def _broken(*codes: str) -> pl.Expr:
    return pl.col("codes").list.set_intersection(list(codes)).list.len() > 0


def cause() -> pl.Expr:
    """``cause`` (String) for held and returned rows.

    Needs the facts, levels, steps, registry columns, ``slip``, ``same_person``, ``repair``,
    ``systematic`` and ``codes`` (List: the broken rules with an effect).
    """
    kanji, kana, address = (
        differs("level_name_kanji"),
        differs("level_name_kana"),
        differs("level_address"),
    )
    birth = differs("level_birth_date")
    # The evidence as a whole speaks for two people (`likelihood.add_likelihood`).
    another = (pl.col("same_person") < EVEN) & (kanji | kana | birth | differs("level_sex"))
    family = agrees("level_address") & (_same_family_name() | names_agree())
    unknown = ~pl.col("known")
    similar = pl.col("level_address") == "similar"
    table: list[tuple[pl.Expr, str]] = [
        (pl.col("systematic").is_not_null(), "systematic"),
        (_broken("RG001", "RG002"), "registry_incomplete"),
        (columns_shifted(), "columns_shifted"),
        (columns_swapped(), "columns_swapped"),
        (pl.col("family_form"), "family_number"),
        (_broken("DU001") & family, "family_number"),
        (_broken("DU001") & ~pl.col("agrees_fully"), "someone_elses_number"),
        (_broken("MN012"), "registry_status"),
        (_mistyped(), "number_typo"),
        (another & family, "family_number"),
        (another, "someone_elses_number"),
        (pl.col("slip").is_in(DATE_SLIPS), "slip"),
        (
            pl.col("birth_hint").is_not_null() & (pl.col("birth_state") == "outside_era"),
            "era_confused",
        ),
        (unknown & impossible_month(), "day_month_swapped"),
        (_broken("MN003", "MN002", "MN006", "MN007", "MN008", "MN013"), "number_typo"),
        (_broken("MN004"), "number_placeholder"),
        (_broken("MN001"), "number_missing"),
        (_broken("BD002", "BD003", "BD005", "BD006", "FM001", "FM010"), "date_unreadable"),
        (_broken("KN002", "KN003"), "columns_swapped"),
        (_broken("NK001", "KN001", "BD001", "SX001", "SX002", "AD001", "FM008"), "item_missing"),
        (_broken(*_CONDITIONS), "not_admissible"),
        # Which number was meant only the repair search can tell; an unknown one is mostly a slip.
        (_broken("MN011"), "number_typo"),
        (pl.col("slip").is_not_null(), "slip"),
        (birth, "birth_date_differs"),
        (differs("level_sex"), "wrong_sex_code"),
        (has_step("steps_name_kanji", "SWAPPED_COLUMNS"), "columns_swapped"),
        (_alias(), "alias_used"),
        (
            any_of(
                kanji & has_step("steps_name_kanji", *UNREADABLE),
                kana & has_step("steps_name_kana", *UNREADABLE),
            ),
            "name_unreadable",
        ),
        (kanji & has_step("steps_name_kanji", *SPELLED), "name_parts"),
        (kana & ~kanji & has_step("steps_name_kana", *SPELLED), "name_parts"),
        (kanji & has_step("steps_name_kanji", "FORMER_NAME"), "maiden_name"),
        (
            kanji
            & has_step("steps_name_kanji", "FAMILY_NAME_DIFFERS")
            & (kana | ~has_step("steps_name_kanji", *CONFUSABLE)),
            "maiden_name",
        ),
        (kanji & kana, "name_differs"),
        (kanji, "kanji_lookalike"),
        (kana & has_step("steps_name_kana", "VOICING", "TYPO", "LOOK_ALIKE_KANA"), "kana_typo"),
        # Both are usual readings of these kanji: the registry's was recorded since May 2025.
        (
            kana
            & pl.col("reading_tier").is_in(_USUAL)
            & pl.col("registry_reading_tier").is_in(_USUAL),
            "kana_newly_recorded",
        ),
        (kana, "kana_reading"),
        (address & (pl.col("steps_address") == "BUILDING_DIFFERS"), "building_differs"),
        (address & has_step("steps_address", "OLD_MUNICIPALITY"), "old_municipality"),
        (
            address & has_step("steps_address", *INCOMPLETE) & similar & ~_moved_from(),
            "address_incomplete",
        ),
        (address & similar & ~_moved_from(), "block_differs"),
        (address, "moved"),
    ]
    found = first_true(table, "not_evaluated")
    return pl.when(found == "slip").then("slip").otherwise(found)


def _mistyped() -> pl.Expr:
    """The registry has exactly one convincing person one slip away from the number."""
    return pl.col("repair").str.contains("@", literal=True)


def _alias() -> pl.Expr:
    """The name on the form is a registered alias (通称) in part, or in one of kanji and kana."""
    other = pl.concat_str(pl.col("r_alias_kanji", "r_alias_kana").fill_null(""))
    own = pl.col("name_kanji").str.replace_all(r"\s", "")
    part = other.str.replace_all(r"\s", "").str.contains(own, literal=True)
    in_one = has_step("steps_name_kanji", "ALIAS") | has_step("steps_name_kana", "ALIAS")
    different = differs("level_name_kanji") | differs("level_name_kana")
    return different & (in_one | ((other != "") & part & differs("level_name_kanji")))


def _same_family_name() -> pl.Expr:
    """The submitted kanji or kana family name is the registry's (as far as spaces tell)."""

    def family(column: str) -> pl.Expr:
        return pl.col(column).str.strip_chars().str.extract(r"^(\S+)\s", 1)

    return any_of(
        has_step("steps_name_kanji", "GIVEN_NAME_DIFFERS"),
        has_step("steps_name_kana", "GIVEN_NAME_DIFFERS"),
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


__all__ = ["action", "cause", "slips"]
