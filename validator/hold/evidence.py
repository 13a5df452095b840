"""What the comparison of each item says, in a few words that probabilities can be given to.

The names are one piece of evidence, because kanji and kana go wrong together: a marriage changes
the family name in both, and a twin's given name differs in both.
"""

from __future__ import annotations

import polars as pl

from validator.fields.levels import agrees, differs
from validator.fields.text import drop_spaces, fold_width
from validator.hold.moved_columns import birth_date_elsewhere

ITEMS = ("name", "birth_date", "sex", "address", "registry")
# Evidence of one item, in the columns ``e_name`` …; each word has its row in weights.toml.
SPELLED = (
    *("SWAPPED_PARTS", "SWAPPED_COLUMNS", "PART_MISSING", "MIDDLE_NAME_MISSING", "INITIALS"),
    *("HONORIFIC", "BRACKETS", "FORMER_REMARK", "ROLE", "DIGITS", "BESIDE_UNVERIFIED"),
    *("KANA_FOR_KANJI", "KANJI_FOR_KANA", "LATIN_KANA"),
)
OTHER_NAME = ("NAME_DIFFERS", "FAMILY_NAME_DIFFERS", "GIVEN_NAME_DIFFERS", "READING_DIFFERS")
UNREADABLE = ("NULL_WORD", "NO_NAME", "MOJIBAKE", "COMPANY", "PLACEHOLDER_UNEXPLAINED", "TOO_LONG")
CONFUSABLE = ("LOOK_ALIKE", "HOMOPHONE", "RELATED", "GLYPH_KEPT", "KANA_SCRIPT")
_SLIPS = ("VOICING", "LOOK_ALIKE_KANA", "TYPO")
INCOMPLETE = (
    *("MUNICIPALITY_MISSING", "WARD_AMBIGUOUS", "TOWN_MISSING", "NUMBER_MISSING"),
    "CHOME_MISSING",
    *("KOAZA_MISSING", "LETTER_MISSING", "STREET_MISSING", "OAZA_MARK", "PREFECTURE_DIFFERS"),
)
_GENERATION = 15  # years
_YOUNGEST, _DAYS = 15, 365.25
_PREFECTURE = "^(?:北海道|東京都|京都府|大阪府|.{2,3}県)"
_SHORTEST = 5  # characters of an address behind its municipality


def has_step(column: str, *codes: str) -> pl.Expr:
    """Whether one of ``codes`` stands among the steps of an item."""
    return pl.col(column).str.split("+").list.set_intersection(list(codes)).list.len() > 0


def first_true(table: list[tuple[pl.Expr, str]], otherwise: str) -> pl.Expr:
    """The word of the first condition that holds (null counts as false)."""
    result: pl.Expr = pl.lit(otherwise)
    for condition, word in reversed(table):
        result = pl.when(condition.fill_null(value=False)).then(pl.lit(word)).otherwise(result)
    return result


def add_evidence(facts: pl.DataFrame) -> pl.DataFrame:
    """Add ``e_…`` for each of `ITEMS` (String).

    Needs levels, steps, ``slip`` and the outcome of `repair.find_repairs`.
    """
    facts = facts.with_columns(_kanji=_one_name("name_kanji"), _kana=_one_name("name_kana"))
    return facts.with_columns(
        e_name=_name(),
        e_birth_date=_birth_date(),
        e_sex=_sex(),
        e_address=_address(),
        e_registry=_registry(),
    ).drop("_kanji", "_kana")


def spelled(item: str) -> pl.Expr:
    """The same name in another order, with a gap or a remark; nothing else of it differs."""
    steps = f"steps_{item}"
    return has_step(steps, *SPELLED) & ~has_step(steps, *OTHER_NAME)


def _one_name(column: str) -> pl.Expr:
    steps, level = f"steps_{column}", pl.col(f"level_{column}")
    return first_true(
        [
            (level.is_in(["blank", "not_checked"]), "open"),
            (~differs(f"level_{column}"), "fine"),
            (has_step(steps, "FORMER_NAME"), "former"),
            (has_step(steps, *UNREADABLE), "unreadable"),
            (spelled(column), "spelled"),
            # Like characters in two whole names tell nothing.
            (has_step(steps, "NAME_DIFFERS"), "other"),
            (has_step(steps, *CONFUSABLE), "confusable"),
            (has_step(steps, *_SLIPS), "slip"),
            (has_step(steps, "OTHER_READING"), "reading"),
            (has_step(steps, "FAMILY_NAME_DIFFERS"), "family"),
            (has_step(steps, "GIVEN_NAME_DIFFERS"), "given"),
            (has_step(steps, "ONE_CHARACTER") & (level == "similar"), "confusable"),
        ],
        "other",
    )


def _name() -> pl.Expr:
    kanji, kana = pl.col("_kanji"), pl.col("_kana")
    fine = ("fine", "open")
    readable = (*fine, "spelled", "unreadable")

    def given(column: str) -> pl.Expr:
        return has_step(f"steps_{column}", "GIVEN_NAME_DIFFERS")

    def family(column: str) -> pl.Expr:
        return has_step(f"steps_{column}", "FAMILY_NAME_DIFFERS")

    return first_true(
        [
            ((kanji == "open") & (kana == "open"), "missing"),
            (kanji.is_in(fine) & kana.is_in(fine), "agree"),
            (kanji.is_in([*fine, "former"]) & kana.is_in([*fine, "former"]), "former"),
            (kanji.is_in(readable) & kana.is_in(readable), "spelled"),
            ((kanji == "confusable") & kana.is_in(fine), "kanji_slip"),
            (kanji.is_in(fine) & kana.is_in(["slip", "reading"]), "kana_slip"),
            (kana.is_in(fine), "kanji_part"),
            (kanji.is_in(fine), "kana_part"),
            # The given name agrees as a whole: a marriage, an adoption.
            (family("name_kanji") & (family("name_kana") | (kana == "slip")), "family_differs"),
            # One script says it, and the other does not contradict it.
            (given("name_kanji") & ~family("name_kana"), "given_differs"),
            (given("name_kana") & ~family("name_kanji"), "given_differs"),
            (kanji.is_in(["confusable", *readable]) & (kana == "family"), "family_differs"),
            ((kanji == "confusable") & kana.is_in(["slip", "reading"]), "both_slip"),
            (kanji.is_in(readable) & kana.is_in(["slip", "reading"]), "both_slip"),
            # Naturalised, or an alias that was never registered.
            (_latin("name_kanji") != _latin("r_name_kanji"), "other_script"),
        ],
        "different",
    )


def _latin(column: str) -> pl.Expr:
    return fold_width(pl.col(column)).str.contains("^[A-Za-z]")


def _birth_date() -> pl.Expr:
    level = pl.col("level_birth_date")
    day = pl.coalesce("birth", "birth_hint")
    slip = pl.col("slip").is_in(["era_confused", "day_month_swapped", "date_typo"])
    # Refused as it was written (昭和65年), and what was meant is the registry's day.
    meant = (pl.col("birth_hint") == pl.col("r_n_birth")).fill_null(value=False)
    meant = meant | birth_date_elsewhere()
    years = (day.dt.year().cast(pl.Int32) - pl.col("r_n_birth").dt.year().cast(pl.Int32)).abs()
    return (
        pl.when(agrees("level_birth_date"))
        .then(pl.lit("agree"))
        .when(slip.fill_null(value=False) | meant)
        .then(pl.lit("slip"))
        # Nobody of that age is hired: the day is wrong, whoever has the number.
        .when((level != "different") | _too_young())
        .then(pl.lit("missing"))
        .when(years.is_null())
        .then(pl.lit("missing"))
        .when(years < _GENERATION)
        .then(pl.lit("near"))
        .otherwise(pl.lit("far"))
    )


def _too_young() -> pl.Expr:
    """An insured person under fifteen at acquisition (労働基準法第56条)."""
    hired = pl.coalesce("acquired", "received")
    age = (hired - pl.col("birth")).dt.total_days() / _DAYS
    return ((pl.col("form") == "shikaku_shutoku") & (age < _YOUNGEST)).fill_null(value=False)


def _sex() -> pl.Expr:
    return first_true(
        [(agrees("level_sex"), "agree"), (pl.col("level_sex") == "different", "differ")], "missing"
    )


def _address() -> pl.Expr:
    level, steps = pl.col("level_address"), "steps_address"
    moved_on = (pl.col("r_previous_address") == pl.col("address")).fill_null(value=False)
    return first_true(
        [
            (agrees("level_address"), "agree"),
            (~differs("level_address"), "missing"),
            (moved_on, "previous"),
            (pl.col(steps) == "BUILDING_DIFFERS", "building"),
            (address_incomplete(), "incomplete"),
            (level == "similar", "block"),
            (has_step(steps, "TOWN_DIFFERS"), "town"),
        ],
        "elsewhere",
    )


def address_incomplete() -> pl.Expr:
    """Parts of the address are left out or doubtful, and nothing else differs for certain."""
    whole, written = (
        drop_spaces(fold_width(pl.col(column))) for column in ("r_address", "address")
    )
    rest = written.str.replace(_PREFECTURE, "")
    # 千葉県栄町1番2号 for 千葉県千葉市中央区栄町1番2号, though there is a municipality 栄町.
    left_out = (rest.str.len_chars() >= _SHORTEST) & whole.str.contains(rest, literal=True)
    in_doubt = has_step("steps_address", *INCOMPLETE) & (pl.col("level_address") == "similar")
    return in_doubt | (differs("level_address") & left_out.fill_null(value=False))


def _registry() -> pl.Expr:
    """Whether the search for the number that was meant found one other person."""
    return first_true(
        [
            (pl.col("repair_status") == "found", "found"),
            (pl.col("repair_status") == "none", "nobody"),
        ],
        "missing",
    )


def any_of(*conditions: pl.Expr) -> pl.Expr:
    """Whether one of the conditions holds; null counts as false."""
    return pl.any_horizontal(*(c.fill_null(value=False) for c in conditions))
