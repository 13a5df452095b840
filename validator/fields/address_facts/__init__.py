"""What an address says of itself, as facts for the rules: nothing of it asks the registry.

Asked where the registry does not confirm the address already: what it knows needs no doubt, and a
million confirmed addresses must not be taken apart for nothing.
"""

from __future__ import annotations

import polars as pl

from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.address_facts.place import read_places
from validator.fields.address_facts.postal_town import postal_fit
from validator.fields.address_facts.words import names_office
from validator.fields.levels import Level

ADDRESS_FACTS = {
    "address_place": pl.String,  # place.Place
    "address_number": pl.String,  # place.Number
    "address_use": pl.String,  # words.Use
    "address_today": pl.String,  # prefecture and municipality as they are called today
    "address_office": pl.Boolean,  # the 方書 is a place of work
    "postal_fit": pl.String,  # postal_town.PostalFit
    "postal_code_of_town": pl.String,
}
_CONFIRMED = (Level.SAME.value, Level.EQUIVALENT.value)
# The plain comparison of texts says so of old names too.
_DOUBTED_CODES = ("other_prefecture", "other_municipality")


def add_address_facts(facts: pl.DataFrame, site: AddressSite = PACKAGED) -> pl.DataFrame:
    """Add `ADDRESS_FACTS`, null where nobody asked or nothing is to be said.

    Needs ``row, address, address_blank, address_excused, postal_code, postal_state, office_name,
    level_address``. Of an address that the registry confirms only a doubted postal code is looked
    at. Towns that ``site`` has renamed are known.
    """
    confirmed = pl.col("level_address").is_in(_CONFIRMED)
    asked = facts.filter(
        ~pl.col("address_blank")
        & ~pl.col("address_excused")
        & (~confirmed | pl.col("postal_state").is_in(_DOUBTED_CODES))
    ).select("row", "address", "postal_code", "office_name", confirmed=confirmed)
    if asked.is_empty():
        return facts.with_columns(
            pl.lit(None, dtype=kind).alias(name) for name, kind in ADDRESS_FACTS.items()
        )
    places = read_places(asked["address"].unique(maintain_order=True), site.gazetteer)
    asked = asked.join(places, on="address", how="left", maintain_order="left")
    fit = postal_fit(asked.filter(pl.col("postal_code").is_not_null()))
    open_ = ~pl.col("confirmed")
    found = asked.join(fit, on="row", how="left", maintain_order="left").select(
        "row",
        "postal_fit",
        "postal_code_of_town",
        address_place=pl.when(open_).then("place"),
        address_number=pl.when(open_).then("number"),
        address_use=pl.when(open_).then("use"),
        address_today=pl.when(open_).then("today"),
        address_office=open_ & names_office(pl.col("building"), pl.col("office_name")),
    )
    return facts.join(found, on="row", how="left", maintain_order="left")


__all__ = ["ADDRESS_FACTS", "add_address_facts"]
