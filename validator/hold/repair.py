"""Which number was meant: a suggestion for a person to confirm. Nothing is changed by it.

Two searches, each for all records at once:

* a slip of the pen: every number one slip away from the written one (`repair_candidates`), looked
  up in the registry; for records whose number is unusable, unknown, or not their own. A row counts
  if it is convincingly the person (`repair_rule`).
* the five items (hold-path.md, 3): for records whose five items are all given, but do not all
  agree with the holder of their number. A row counts if all five agree, same or equivalent.

A suggestion needs exactly one row that counts. Nobody deceased, moved abroad or renumbered and no
doubled row is ever suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

import polars as pl

from validator.fields.address.compare import FORMS
from validator.fields.kana import kana_key
from validator.fields.my_number import NumberState
from validator.fields.name import kanji_key
from validator.hold.decide import GONE
from validator.hold.repair_candidates import number_candidates
from validator.hold.repair_rule import convincing, live, matches
from validator.hold.slips import add_slips
from validator.match.levels import ITEMS, add_levels
from validator.registry.model import Registry

FIVE_ITEMS, AMBIGUOUS = "five_items", "ambiguous"
# What of a record is compared with registry rows.
_SUBMITTED = (
    *("name_kanji", "name_kana", "birth_date", "sex", "address", "key_kanji", "key_kana"),
    *("birth", "birth_hint", "sex_code", "kanji_blank", "kana_state", "birth_state", "sex_state"),
    "address_blank",
)
# What of a registry row it is compared with.
_REGISTRY_SIDE = (
    *("name_kanji", "name_kana", "birth_date", "sex", "address", "alias_kanji", "alias_kana"),
    *("former_name_kanji", "former_name_kana", "status", "conflict"),
    *("n_birth", "n_sex", "n_kanji", "n_kana", *(f"n_{form}" for form in FORMS)),
)
PEOPLE_COLUMNS = (
    *("row", "number", "number_state", "number_digits", "known"),
    *("r_status", "r_conflict", "r_n_birth", *_SUBMITTED),
    *(f"{kind}_{item}" for item in ITEMS for kind in ("level", "steps")),
)
"""What `find_repairs` needs of the facts (`fields.prepare`, `match.levels`)."""


# Registry rows that count for a ``person`` (position of the record). ``gone``: deceased, abroad or
# renumbered; ``usable``: may be suggested. A row can be neither: doubled, or without a number.
_FITTING = pl.Schema(
    {
        "person": pl.UInt32(),
        "number": pl.Int64(),
        "repair": pl.String(),
        "matches": pl.UInt8(),
        "usable": pl.Boolean(),
        "gone": pl.Boolean(),
    }
)


MOST_ALIKE = 50_000
"""Records times registry rows of one name, birth date and sex. More are no people, and nobody is
singled out among them: a batch of one made-up person many times over would take its square in
time."""


class RepairStatus(StrEnum):
    """How the search for a number ended."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"  # several people fit
    NONE = "none"
    NOT_CURRENT = "holder_not_current"  # who fits is deceased, abroad, renumbered or doubled
    NOT_SEARCHED = "not_searched"  # the number is the person's, or there is nothing to search by


def find_repairs(
    people: pl.DataFrame, registry: Registry, *, glyph_exceptions: Sequence[str] = ()
) -> pl.DataFrame:
    """Search the number that was meant, for records that were held or returned.

    ``people``: `PEOPLE_COLUMNS`, one row for each record; levels and steps are those against the
    holder of the written number where it is known; ``slip`` of `add_slips`, if it is there already.
    ``glyph_exceptions`` as in `add_levels`.
    Returns, in the same order, ``row``;
    ``repair`` (String: a `repair_candidates.Slip` with its positions, such as
    ``neighbours_swapped@4-5``, or ``five_items``, ``ambiguous``, or null); ``repair_matches``
    (UInt8: how many of the five items agree with the one person found, else null) and
    ``repair_status`` (a `RepairStatus`). Each row is decided by itself, but in a crowd
    (`MOST_ALIKE`).

    For figures: of the records labelled with a slip whose owner is a resident of the registry,
    the share whose ``repair`` is the labelled slip; and ``found`` with another slip than the
    labelled one (a wrong single candidate). A slip that two kinds or positions explain alike has
    one label only if it is labelled as in `repair_candidates.number_candidates`.

    Raises RegistryError if the registry turns out to be damaged.
    """
    if "slip" not in people.columns:
        people = add_slips(people)
    asked = people.select(*PEOPLE_COLUMNS, "slip").with_row_index("person")
    asked = asked.with_columns(
        by_slip=~(pl.col("known") & live() & convincing()) & _is_typed(),
        by_items=~(pl.col("known") & live() & (matches() == len(ITEMS))) & _five_given(),
    )
    met = [
        *_one_slip_away(asked.filter("by_slip"), registry),
        *_sharing_a_name(asked.filter("by_items"), registry),
    ]
    return _decide(asked, _fitting(asked, met, glyph_exceptions))


def _is_typed() -> pl.Expr:
    """Something was written that may be a number with a slip."""
    return ~pl.col("number_state").is_in([NumberState.BLANK.value, NumberState.PLACEHOLDER.value])


def _five_given() -> pl.Expr:
    return pl.all_horizontal(
        pl.col("birth", "sex_code", "key_kanji", "key_kana").is_not_null(),
        ~pl.col("kanji_blank", "address_blank"),
        pl.col("kana_state") != "blank",
    )


def _one_slip_away(asked: pl.DataFrame, registry: Registry) -> Iterator[pl.DataFrame]:
    """Registry rows one slip away: ``person, repair, number, r_…``; no frame if there are none."""
    candidates = number_candidates(asked.select(row="person", digits="number_digits"))
    if candidates.is_empty():
        return
    # Hardly any candidate is anybody's number: few columns tell which rows to read in full.
    numbers = candidates.get_column("number").unique()
    met = candidates.rename({"row": "person"}).join(
        registry.holders(numbers, ["n_birth", "n_sex"]), on="number"
    )
    met = met.join(asked.select("person", "birth", "sex_code"), on="person").filter(
        (pl.col("n_birth") == pl.col("birth")).fill_null(value=False)
        | pl.col("n_sex").eq_missing(pl.col("sex_code"))
    )
    if not met.is_empty():
        rows = registry.holders(met.get_column("number").unique(), _REGISTRY_SIDE)
        rows = _as_registry_side(rows)
        yield met.select("person", "repair", "number").join(rows, on="number")


def _sharing_a_name(asked: pl.DataFrame, registry: Registry) -> Iterator[pl.DataFrame]:
    """Registry rows of one birth date, one sex and one name; columns as of `_one_slip_away`.

    The holder of the written number is left out: it is known that not everything agrees there.
    """
    if asked.is_empty():
        return
    keys = asked.select(
        "person", "sex_code", n_birth="birth", n_kanji="key_kanji", n_kana="key_kana", own="number"
    )
    rows = registry.find(keys.select("n_birth", "n_kanji", "n_kana").unique(), _REGISTRY_SIDE)
    rows = rows.with_row_index("place")
    sides = rows.select(
        *("place", "number", "n_birth", "n_sex", "n_kanji", "n_kana"),
        alias_kanji=kanji_key(pl.col("alias_kanji")),
        alias_kana=kana_key(pl.col("alias_kana")),
    )
    found = [
        _alike(keys.rename({submitted: "name"}), sides.rename({name: "other"}))
        for submitted, name in (
            *(("n_kanji", "n_kanji"), ("n_kana", "n_kana")),
            *(("n_kanji", "alias_kanji"), ("n_kana", "alias_kana")),
        )
    ]
    is_holder = (pl.col("number") == pl.col("own")).fill_null(value=False)
    pairs = pl.concat(found).filter(~is_holder).unique(["person", "place"])
    if not pairs.is_empty():
        pairs = pairs.select("person", "place", repair=pl.lit(FIVE_ITEMS))
        met = pairs.join(_as_registry_side(rows), on="place").drop("place")
        yield met.select("person", "repair", "number", pl.exclude("person", "repair", "number"))


def _alike(keys: pl.DataFrame, sides: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one birth date, sex and name; none of a name that has more than `MOST_ALIKE`."""
    on = ["n_birth", "sex_code", "name"]
    asked = keys.select("person", "own", *on)
    there = sides.select("place", "number", "n_birth", sex_code="n_sex", name="other")
    crowds = (
        asked.group_by(on)
        .agg(asked=pl.len())
        .join(there.group_by(on).agg(there=pl.len()), on=on)
        .filter(pl.col("asked") * pl.col("there") > MOST_ALIKE)
    )
    pairs = asked.join(crowds, on=on, how="anti").join(there, on=on)
    return pairs.select("person", "place", "number", "own")


def _as_registry_side(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.rename({c: f"r_{c}" for c in rows.columns if c not in ("number", "place")})


def _fitting(
    asked: pl.DataFrame, met: list[pl.DataFrame], glyph_exceptions: Sequence[str]
) -> pl.DataFrame:
    """Those of the rows met that count (`_FITTING`)."""
    if not met:
        return pl.DataFrame(schema=_FITTING)
    facts = (
        pl.concat(met)
        .join(asked.select("person", *_SUBMITTED), on="person")
        .with_row_index("row")
        .with_columns(number_state=pl.lit(NumberState.AS_WRITTEN.value), known=pl.lit(value=True))
    )
    compared = add_levels(facts, has_registry=True, glyph_exceptions=glyph_exceptions)
    compared = add_slips(compared).with_columns(
        counts=pl.when(pl.col("repair") == FIVE_ITEMS)
        .then(matches() == len(ITEMS))
        .otherwise(convincing())
    )
    return compared.filter("counts").select(
        "person",
        "number",
        "repair",
        matches=matches(),
        usable=live() & pl.col("number").is_not_null(),
        gone=pl.col("r_status").is_in(GONE).fill_null(value=False),
    )


def _decide(asked: pl.DataFrame, fitting: pl.DataFrame) -> pl.DataFrame:
    asked = asked.select("person", "row", "by_slip", "by_items")
    all_agree = pl.col("repair") == FIVE_ITEMS
    for some, prefix in ((fitting.filter(~all_agree), "slip"), (fitting.filter(all_agree), "five")):
        counted = _by_person(some, prefix)
        asked = asked.join(counted, on="person", how="left", maintain_order="left").with_columns(
            pl.col(f"{prefix}_{name}").fill_null(0) for name in ("usable", "open", "all")
        )
    one_near, one_agreeing = (
        (pl.col(f"{prefix}_usable") == 1) & (pl.col(f"{prefix}_open") == 1)
        for prefix in ("slip", "five")
    )
    # Somebody else agrees in more items than the person one slip away.
    outdone = (
        one_near
        & (pl.col("slip_matches") < len(ITEMS))
        & (pl.col("five_open") > 0)
        & ~(one_agreeing & (pl.col("five_number") == pl.col("slip_number")))
    )
    status = (
        pl.when(outdone | ((pl.col("slip_usable") > 0) & ~one_near))
        .then(pl.lit(RepairStatus.AMBIGUOUS.value))
        .when(one_near | one_agreeing)
        .then(pl.lit(RepairStatus.FOUND.value))
        .when(pl.col("five_usable") > 0)
        .then(pl.lit(RepairStatus.AMBIGUOUS.value))
        .when((pl.col("slip_all") > 0) | (pl.col("five_all") > 0))
        .then(pl.lit(RepairStatus.NOT_CURRENT.value))
        .when(pl.col("by_slip") | pl.col("by_items"))
        .then(pl.lit(RepairStatus.NONE.value))
        .otherwise(pl.lit(RepairStatus.NOT_SEARCHED.value))
    )
    found = pl.col("repair_status") == RepairStatus.FOUND.value
    several = pl.col("repair_status") == RepairStatus.AMBIGUOUS.value
    which = {
        name: pl.when(one_near).then(f"slip_{name}").otherwise(f"five_{name}")
        for name in ("repair", "matches")
    }
    return asked.with_columns(repair_status=status).select(
        "row",
        repair=pl.when(found).then(which["repair"]).when(several).then(pl.lit(AMBIGUOUS)),
        repair_matches=pl.when(found).then(which["matches"]),
        repair_status="repair_status",
    )


def _by_person(fitting: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """How many rows count for each person, in all and of each kind, and the one to suggest."""
    usable = pl.col("usable")
    return fitting.group_by("person").agg(
        usable.sum().alias(f"{prefix}_usable"),
        (~pl.col("gone")).sum().alias(f"{prefix}_open"),
        pl.len().alias(f"{prefix}_all"),
        *(
            pl.col(name).filter(usable).first().alias(f"{prefix}_{name}")
            for name in ("number", "repair", "matches")
        ),
    )
