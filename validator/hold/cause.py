"""The most probable cause of a held or returned record, decided by evidence.

The list of causes with their words and actions is schemas/codes/causes.toml. The first
condition that fits wins: conditions stand in the order of how much they explain.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import agrees, differs
from validator.fields.text import drop_spaces, fold_width
from validator.hold.evidence import (
    CONFUSABLE,
    UNREADABLE,
    address_incomplete,
    any_of,
    first_true,
    has_step,
    spelled,
)
from validator.hold.moved_columns import columns_shifted, columns_swapped
from validator.hold.slips import DATE_SLIPS, names_agree
from validator.resources import load_toml

_CONDITIONS = (
    *("BD009", "FM002", "FM009"),
    *("QA001", "QA003", "QA004", "QA005", "QA006", "QA007", "QA008", "QA009", "QA010"),
    *("QA034", "QA044", "FA007", "FA008"),
)
_USUAL = ("dictionary", "lattice")
# Below it a record speaks for two people.
EVEN = 0.5


def _broken(*codes: str) -> pl.Expr:
    return pl.col("codes").list.set_intersection(list(codes)).list.len() > 0


def cause() -> pl.Expr:
    """``cause`` (String) for held and returned rows.

    Needs the facts, levels, steps, registry columns, ``slip``, ``turned``, ``same_person``,
    ``repair``, ``systematic``, ``kana_recorded`` and ``codes`` (List: broken rules with an effect).
    """
    kanji, kana, address = (
        differs("level_name_kanji"),
        differs("level_name_kana"),
        differs("level_address"),
    )
    birth = differs("level_birth_date")
    confusable = has_step("steps_name_kanji", *CONFUSABLE)
    # The evidence as a whole speaks for two people (`likelihood.add_likelihood`).
    another = (pl.col("same_person") < EVEN) & (kanji | kana | birth | differs("level_sex"))
    family = _same_home() & (_same_family_name() | names_agree())
    similar = pl.col("level_address") == "similar"
    table: list[tuple[pl.Expr, str]] = [
        (pl.col("systematic").is_not_null(), "systematic"),
        (_broken("RG001", "RG002"), "registry_incomplete"),
        (columns_shifted(), "columns_shifted"),
        (columns_swapped(), "columns_swapped"),
        (pl.col("family_form"), "family_number"),
        (_mistyped(), "number_typo"),
        (_broken("DU001") & family, "family_number"),
        (_broken("DU001") & ~pl.col("agrees_fully"), "someone_elses_number"),
        # The number of somebody who has died or moved abroad can be another person's all the same.
        (_broken("MN012") & ~another, "registry_status"),
        (another & family, "family_number"),
        (another, "someone_elses_number"),
        (pl.col("slip").is_in(DATE_SLIPS), "slip"),
        (
            pl.col("birth_hint").is_not_null() & (pl.col("birth_state") == "outside_era"),
            "era_confused",
        ),
        (pl.col("turned"), "day_month_swapped"),
        (_broken("MN003", "MN002", "MN006", "MN007", "MN008", "MN013"), "number_typo"),
        (_broken("MN004"), "number_placeholder"),
        (_broken("MN001"), "number_missing"),
        (_broken("BD002", "BD003", "BD005", "BD006", "FM001", "FM010"), "date_unreadable"),
        # Born after today.
        (_broken("BD007"), "date_typo"),
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
        (kanji & spelled("name_kanji"), "name_parts"),
        (kana & ~kanji & spelled("name_kana"), "name_parts"),
        (_former(), "maiden_name"),
        (kanji & kana & family_name("name_kanji"), "maiden_name"),
        (kanji & kana, "name_differs"),
        # Another family name of one sound (伊東, 伊藤); a new one is not read like the old kana.
        (kanji & family_name("name_kanji") & ~_readable() & ~confusable, "maiden_name"),
        (kanji, "kanji_lookalike"),
        # Signs that are mistaken for each other (ア マ), even if both happen to be readings.
        (kana & has_step("steps_name_kana", "VOICING", "LOOK_ALIKE_KANA"), "kana_typo"),
        # Both are readings of these kanji: the registry's was recorded since May 2025.
        (kana & _both_read("dictionary") & pl.col("kana_recorded"), "kana_newly_recorded"),
        (kana & _both_read("dictionary"), "kana_reading"),
        (kana & has_step("steps_name_kana", "TYPO"), "kana_typo"),
        (kana & _both_read(*_USUAL) & pl.col("kana_recorded"), "kana_newly_recorded"),
        (kana & family_name("name_kana") & ~_readable(), "maiden_name"),
        (kana, "kana_reading"),
        (address & (pl.col("steps_address") == "BUILDING_DIFFERS"), "building_differs"),
        (address & has_step("steps_address", "OLD_MUNICIPALITY"), "old_municipality"),
        (address & address_incomplete() & ~_moved_from(), "address_incomplete"),
        (address & similar & ~_moved_from(), "block_differs"),
        (address, "moved"),
    ]
    found = first_true(table, "not_evaluated")
    return pl.when(found == "slip").then("slip").otherwise(found)


def _mistyped() -> pl.Expr:
    """The registry has exactly one convincing person one slip away from the number."""
    return pl.col("repair").str.contains("@", literal=True)


def family_name(item: str) -> pl.Expr:
    """Only the family name differs, as far as the comparison can tell."""
    return has_step(f"steps_{item}", "FAMILY_NAME_DIFFERS")


def _former() -> pl.Expr:
    return any_of(
        *(
            differs(f"level_{item}") & has_step(f"steps_{item}", "FORMER_NAME")
            for item in ("name_kanji", "name_kana")
        )
    )


def _readable() -> pl.Expr:
    """The kana of the form are a usual reading of its kanji."""
    return pl.col("reading_tier").is_in(_USUAL).fill_null(value=False)


def _both_read(*tiers: str) -> pl.Expr:
    """Both sides' kana are readings of their kanji, in these tiers."""
    own, theirs = pl.col("reading_tier"), pl.col("registry_reading_tier")
    return own.is_in(tiers) & theirs.is_in(tiers)


def _alias() -> pl.Expr:
    """The registered alias (通称) in kanji or kana only, or mixed with the legal name."""
    kanji, kana = differs("level_name_kanji"), differs("level_name_kana")
    # A slip in the other script stays one: the alias agrees as far as it goes.
    slipped = has_step("steps_name_kana", "VOICING", "TYPO", "LOOK_ALIKE_KANA")
    in_one = any_of(
        kana & ~slipped & has_step("steps_name_kanji", "ALIAS"),
        kanji & has_step("steps_name_kana", "ALIAS") & ~has_step("steps_name_kanji", *CONFUSABLE),
    )
    return in_one | any_of(*(_mixed(script) for script in ("kanji", "kana")))


def _mixed(script: str) -> pl.Expr:
    """A part of the alias stands alone, or beside a part of the legal name."""

    def folded(column: str) -> pl.Expr:
        return fold_width(pl.col(column)).str.to_uppercase()

    def bare(column: str) -> pl.Expr:
        return drop_spaces(folded(column))

    own, legal = bare(f"name_{script}"), bare(f"r_name_{script}")
    alias = folded(f"r_alias_{script}").str.strip_chars()
    family, given = (alias.str.extract(p, 1) for p in (r"^(\S+)\s", r"\s(\S+)$"))
    rest = (
        pl.when(own.str.starts_with(family))
        .then(own.str.strip_prefix(family))
        .when(own.str.ends_with(given))
        .then(own.str.strip_suffix(given))
    )
    new = ~legal.str.contains(own, literal=True)
    return differs(f"level_name_{script}") & new & legal.str.contains(rest, literal=True)


def _same_home() -> pl.Expr:
    """One household: the addresses agree, or the holder has moved from the submitted one."""
    return agrees("level_address") | _moved_from()


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
    """Code of what to do about a cause; what is returned goes back to whoever filed it.

    Members without an employer (任意継続, 特例退職) file themselves. Needs ``verdict`` and
    ``member_code``.
    """
    of_cause = pl.col(cause_column).replace_strict(
        {name: row["action"] for name, row in _causes().items()},
        default="ask_employer",
        return_dtype=pl.String,
    )
    returned = pl.col("verdict") == "return"
    directly = pl.col("member_code").is_in(["continued", "special"]).fill_null(value=False)
    return (
        pl.when(returned & directly)
        .then(pl.lit("return_to_person"))
        .when(returned)
        .then(pl.lit("return_to_employer"))
        .when(directly & of_cause.is_in(["ask_employer", "return_to_employer"]))
        .then(pl.lit("ask_person"))
        .otherwise(of_cause)
    )


def clearing() -> pl.Expr:
    """``clears``: what a clerk needs to clear the hold (``no, with_reason, with_proof``).

    What the policy demands (``clear``), and a document wherever the evidence speaks for two people
    or the cause is a wrong number or a wrong column. Null for what is returned.
    """
    strict = [name for name, row in _causes().items() if row.get("clear") == "with_proof"]
    doubtful = pl.col("cause").is_in(strict) | (pl.col("same_person") < EVEN).fill_null(value=False)
    only_reason = pl.col("clear") == "with_reason"
    return pl.when(pl.col("verdict") == "hold").then(
        pl.when(only_reason & doubtful).then(pl.lit("with_proof")).otherwise("clear")
    )


def _causes() -> dict[str, dict[str, str]]:
    causes: dict[str, dict[str, str]] = load_toml("codes/causes.toml")["causes"]
    return causes
