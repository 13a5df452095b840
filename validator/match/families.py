"""What only the forms of a family, or one person's forms, can tell together."""

from __future__ import annotations

import polars as pl

from validator.fields.address.compare import compare_address_pairs
from validator.fields.levels import differs
from validator.fields.text import drop_spaces, fold_width
from validator.match.duplicates import differing_names
from validator.match.people import dependants, family_key, person_keys, with_insured_key

FAMILY_FLAGS = (
    "second_spouse",
    "two_families",
    "branch_shared",
    "forms_disagree",
    "loss_filed_later",
    "loss_filed_before",
    "loss_form_filed",
)
_NAME_FORMS = ("shimei_henko", "kisai_jiko_henko")
_AFTER_LOSS = "kakuninsho_funshitsu_soshitsugo"


def find_families(keys: pl.DataFrame) -> pl.DataFrame:
    """Flags for the rows concerned only: ``row`` and the Boolean columns `FAMILY_FLAGS`.

    ``keys``: `duplicates.KEYS` and `people.FAMILY_KEYS` of the whole batch. ``second_spouse``: an
    insured person gets two spouses; ``two_families``: a dependant of two insured persons;
    ``branch_shared``: one 枝番 on two persons; ``forms_disagree``: the person's other form says
    otherwise; ``loss_filed_later``: a report for after the loss, received before the loss form;
    ``loss_filed_before``: a report for people still insured, though the loss form came first;
    ``loss_form_filed``: a report for after the loss, and its loss form came no later.
    """
    keys = with_insured_key(keys)
    several_forms = keys["form"].n_unique() > 1
    found = {
        "second_spouse": _second_spouses(keys),
        "two_families": _two_families(keys),
        "branch_shared": _shared_branches(keys),
        "forms_disagree": _disagreeing(keys if several_forms else keys.clear()),
        "loss_filed_later": _reported_before_loss_form(keys),
        "loss_filed_before": _reported_as_insured(keys),
        "loss_form_filed": _reported_after_loss_form(keys),
    }
    rows = pl.concat([part.select("row") for part in found.values()]).unique().sort("row")
    for flag, part in found.items():
        marked = part.select("row").unique().with_columns(pl.lit(value=True).alias(flag))
        rows = rows.join(marked, on="row", how="left", maintain_order="left")
    return rows.select("row", *(pl.col(flag).fill_null(value=False) for flag in FAMILY_FLAGS))


def _second_spouses(keys: pl.DataFrame) -> pl.DataFrame:
    spouses = keys.filter(
        dependants() & pl.col("is_addition") & (pl.col("relation") == "spouse")
    ).with_columns(family=family_key())
    return spouses.drop_nulls("family").filter(
        (pl.col("number").n_unique().over("family") > 1)
        & (pl.col("key_kana").n_unique().over("family") > 1)
    )


def _two_families(keys: pl.DataFrame) -> pl.DataFrame:
    added = keys.filter(dependants() & pl.col("is_addition") & pl.col("number").is_not_null())
    added = added.filter(pl.col("number").is_duplicated()).with_columns(family=family_key())
    people = pl.coalesce(pl.col("insured_id").cast(pl.String), "family")
    births = pl.col("insured_birth").drop_nulls().n_unique().over("number")
    named = pl.col("insured_kana_key").drop_nulls().n_unique().over("number")
    numbered = pl.col("insured_number").drop_nulls().n_unique().over("number")
    return added.filter(
        (people.drop_nulls().n_unique().over("number") > 1)
        & ((births > 1) | (named > 1) | (numbered > 1))
    )


def _shared_branches(keys: pl.DataFrame) -> pl.DataFrame:
    place = ["insured_symbol", "insured_number", "branch"]
    # 枝番 has two digits; 1 is 01 whose zero a spreadsheet took away.
    branch = drop_spaces(fold_width(pl.col("branch_number"))).str.zfill(2)
    known = keys.with_columns(branch=branch)
    known = known.filter(pl.all_horizontal(pl.col(place).is_not_null()))
    known = known.filter(pl.struct(place).is_duplicated())

    def several(column: str) -> pl.Expr:
        return pl.col(column).drop_nulls().n_unique().over(place) > 1

    # A changed name alone is no other person.
    return known.filter(several("birth"))


def _disagreeing(keys: pl.DataFrame) -> pl.DataFrame:
    person = keys.filter(
        pl.col("number").is_not_null() & (pl.col("block").fill_null("") != "insured")
    )
    person = person.filter(pl.col("number").is_duplicated())
    first = person.unique("number", keep="first", maintain_order=True)
    pairs = person.join(first, on="number", suffix="_first").filter(
        (pl.col("form") != pl.col("form_first")) & (pl.col("row") != pl.col("row_first"))
    )
    if pairs.is_empty():
        return pairs.select("row")
    same_person = (pl.col("birth") == pl.col("birth_first")).fill_null(value=True)
    pairs = pairs.filter(same_person)
    named = ~pl.col("form").is_in(_NAME_FORMS) & ~pl.col("form_first").is_in(_NAME_FORMS)
    kanji, kana = differing_names(pairs, "name_kanji_first", "name_kana_first")
    address = compare_address_pairs(
        pairs.select(submitted="address", registry="address_first")
    ).select(other=differs("level"))["other"]
    given = pl.col("address").is_not_null() & pl.col("address_first").is_not_null()
    pairs = pairs.with_columns(
        other=((kanji | kana) & pairs.select(named).to_series())
        | (address & pairs.select(given).to_series())
        | pairs.select(
            (pl.col("sex_code") != pl.col("sex_code_first")).fill_null(value=False)
        ).to_series()
    ).filter("other")
    return pl.concat([pairs.select("row"), pairs.select(row="row_first")])


def _with_losses(keys: pl.DataFrame, form: str) -> pl.DataFrame:
    """The reports of ``form`` beside each loss form (or removal) of the same person."""
    reports = keys.filter(pl.col("form") == form)
    losses = keys.filter(pl.col("is_removal") & (pl.col("block").fill_null("") != "insured"))
    if reports.is_empty() or losses.is_empty():
        reports, losses = reports.clear(), losses.clear()
    filed = person_keys(losses).join(
        losses.select(
            "row",
            loss_received="received",
            loss_on=pl.coalesce("lost", "event"),
            loss_number="number",
            loss_office="office_code",
            loss_insured="insured_number",
        ),
        on="row",
    )
    met = (
        person_keys(reports)
        .join(filed.drop("row"), on="key")
        .join(
            reports.select("row", "received", "lost", "number", "office_code", "insured_number"),
            on="row",
        )
    )
    # Another employer's form, or another 番号, is another membership.
    met = met.filter(
        *(
            (pl.col(own) == pl.col(other)).fill_null(value=True)
            for own, other in (("office_code", "loss_office"), ("insured_number", "loss_insured"))
        )
    )
    # Two My Numbers are two people, whatever else they share.
    return met.filter((pl.col("number") == pl.col("loss_number")).fill_null(value=True))


def _reported_before_loss_form(keys: pl.DataFrame) -> pl.DataFrame:
    """Reports for after the loss that came on a day before the form of that very loss."""
    met = _with_losses(keys, _AFTER_LOSS).filter(
        (pl.col("lost") == pl.col("loss_on")).fill_null(value=True)
    )
    first = met.group_by("row").agg(pl.col("received").first(), pl.col("loss_received").min())
    return first.filter(pl.col("received") < pl.col("loss_received")).select("row")


def _reported_after_loss_form(keys: pl.DataFrame) -> pl.DataFrame:
    """Reports for after the loss whose loss form the batch shows, received no later."""
    in_time = (pl.col("loss_received") <= pl.col("received")).fill_null(value=True)
    return _with_losses(keys, _AFTER_LOSS).filter(in_time).select("row")


def _reported_as_insured(keys: pl.DataFrame) -> pl.DataFrame:
    """Reports for people still insured, though a loss form came on a day before.

    Not where the person has joined again since, as the batch shows.
    """
    left = _with_losses(keys, "kakuninsho_funshitsu").filter(
        (pl.col("received") > pl.col("loss_received")) & (pl.col("loss_on") <= pl.col("received"))
    )
    if left.is_empty():
        return left.select("row")
    additions = keys.filter("is_addition")
    joined = person_keys(additions).join(
        additions.select("row", joined_on=pl.coalesce("acquired", "event")), on="row"
    )
    back = left.join(joined.drop("row"), on="key").filter(pl.col("joined_on") >= pl.col("loss_on"))
    return left.join(back, on="row", how="anti").select("row")
