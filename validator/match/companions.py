"""Forms that announce another one: is it in this batch?"""

from __future__ import annotations

import polars as pl

from validator.match.people import dependants, person_keys, with_insured_key

COMPANION_FLAGS = ("lacks_dependant_form", "lacks_certificate_form", "lacks_application")
_APPLICATION = "kakuninsho_kofu"
_NEEDS_HELP = "G"


def find_companions(keys: pl.DataFrame) -> pl.DataFrame:
    """Flags for the rows concerned only: ``row`` and the Boolean columns `COMPANION_FLAGS`.

    ``keys``: `duplicates.KEYS` and `people.FAMILY_KEYS` of the whole batch.
    ``lacks_dependant_form``: 被扶養者 有, but no 被扶養者(異動)届 of this insured person;
    ``lacks_certificate_form``: reason G ticked, but no 資格確認書(再)交付申請書 of this person;
    ``lacks_application``: the card is lost too, but no such application.
    """
    keys = with_insured_key(keys)
    applications = person_keys(keys.filter(pl.col("form") == _APPLICATION))
    families = keys.filter(dependants() & pl.col("is_addition"))
    announced = {
        "lacks_dependant_form": (
            (pl.col("form") == "shikaku_shutoku") & (pl.col("has_dependants_flag") == "yes"),
            person_keys(families, own=False),
        ),
        "lacks_certificate_form": (
            pl.col("is_addition") & pl.col("certificate_letters").str.contains(_NEEDS_HELP),
            applications,
        ),
        "lacks_application": (
            (pl.col("form") == "kakuninsho_funshitsu") & pl.col("card_gone"),
            applications,
        ),
    }
    found = {flag: _without(keys.filter(who), by) for flag, (who, by) in announced.items()}
    rows = pl.concat(found.values()).unique().sort("row")
    for flag, part in found.items():
        marked = part.with_columns(pl.lit(value=True).alias(flag))
        rows = rows.join(marked, on="row", how="left", maintain_order="left")
    return rows.select("row", *(pl.col(flag).fill_null(value=False) for flag in COMPANION_FLAGS))


def _without(announcing: pl.DataFrame, companions: pl.DataFrame) -> pl.DataFrame:
    """``row`` of the records none of whose keys a companion has."""
    if announcing.is_empty():
        return announcing.select("row")
    met = person_keys(announcing).join(companions.select("key"), on="key", how="semi")
    return announcing.select("row").join(met, on="row", how="anti", maintain_order="left")
