"""What changed between two results: newly held, newly released, another cause.

Records of one file are the same if their ``record_id`` is. Of two different files (a corrected one,
another night's) a record is looked for among the lines as written, the My Number left out, then
among the people (`validator.match.person_keys`). No value leaves this comparison.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from validator.batch import read_batch
from validator.batch.columns import canonical_columns
from validator.config import Config
from validator.errors import InputError
from validator.forms.load import declared_forms
from validator.match.person_keys import TOGETHER, people_of
from validator.output.result import Result, hand_over_files, no_result, read_result

NUMBERS = ("my_number", "insured_my_number")
_STANDS = ("verdict", "hold_class", "cause")
CHANGE_COLUMNS = (
    "change", "record_id", "old_record_id", "source_file", "line", "form", "office_code",
    "old_verdict", "verdict", "old_hold_class", "hold_class", "old_cause", "cause",
)  # fmt: skip
WORSE = ("newly_held", "newly_returned")


def compare_results(
    old: Path, new: Path, config: Config, tops: tuple[Path, Path] | None = None
) -> tuple[pl.DataFrame, int]:
    """`CHANGE_COLUMNS` of every record that changed, and how many did not.

    ``change``: newly_held, newly_returned, released, changed (class or cause), added, gone.
    ``tops``: outbox and clerks' folder of the nightly job. UsageError (2) where a folder is no
    result.
    """
    before, after = read_result(old, tops), read_result(new, tops)
    pairs = (
        before.records.select("record_id")
        .join(after.records.select("record_id"), on="record_id")
        .select(old_record_id="record_id", record_id="record_id")
    )
    if pairs.height < min(before.records.height, after.records.height):
        pairs = pl.concat([pairs, _pairs_by_content(before, after, pairs, config)])
    left = before.records.select(
        old_record_id="record_id",
        old_source_file="source_file",
        old_line="line",
        old_form="form",
        old_office_code="office_code",
        **{f"old_{c}": pl.col(c) for c in _STANDS},
    )
    whole = after.records.join(pairs, on="record_id", how="left", maintain_order="left").join(
        left, on="old_record_id", how="full", maintain_order="left_right", coalesce=True
    )
    judged = whole.with_columns(change=_change()).with_columns(
        pl.coalesce(pl.col(name), pl.col(f"old_{name}")).alias(name)
        for name in ("source_file", "line", "form", "office_code")
    )
    changed = judged.filter(pl.col("change").is_not_null())
    return changed.select(CHANGE_COLUMNS), judged.height - changed.height


def is_worse(changes: pl.DataFrame, fail_on: str = "hold") -> bool:
    """Whether anything is newly held or returned (``return``: newly returned; ``never``: no)."""
    counted = {"hold": WORSE, "return": WORSE[1:]}.get(fail_on, ())
    return not changes.filter(pl.col("change").is_in(counted)).is_empty()


def _change() -> pl.Expr:
    same = pl.all_horizontal(pl.col(c).eq_missing(pl.col(f"old_{c}")) for c in _STANDS)
    was, now = pl.col("old_verdict"), pl.col("verdict")
    return (
        pl.when(was.is_null())
        .then(pl.lit("added"))
        .when(now.is_null())
        .then(pl.lit("gone"))
        .when((now == "hold") & (was != "hold"))
        .then(pl.lit("newly_held"))
        .when((now == "return") & (was != "return"))
        .then(pl.lit("newly_returned"))
        .when((now == "pass") & (was != "pass"))
        .then(pl.lit("released"))
        .when(~same)
        .then(pl.lit("changed"))
    )


def _pairs_by_content(
    before: Result, after: Result, known: pl.DataFrame, config: Config
) -> pl.DataFrame:
    old = _people(before, config).join(
        known, left_on="record_id", right_on="old_record_id", how="anti"
    )
    new = _people(after, config).join(known, on="record_id", how="anti")
    pairs = [known.clear()]
    for key in ("content", *(f"key{n}" for n in range(len(TOGETHER)))):
        found = _paired(old, new, key)
        pairs.append(found)
        old = old.join(found, left_on="record_id", right_on="old_record_id", how="anti")
        new = new.join(found, on="record_id", how="anti")
    return pl.concat(pairs)


def _paired(old: pl.DataFrame, new: pl.DataFrame, key: str) -> pl.DataFrame:
    """Pairs with the same key; of several with one key the first goes with the first."""

    def numbered(frame: pl.DataFrame) -> pl.DataFrame:
        return (
            frame.select("record_id", key)
            .drop_nulls(key)
            .with_columns(nth=pl.int_range(pl.len()).over(key))
        )

    return (
        numbered(new)
        .join(
            numbered(old).rename({"record_id": "old_record_id"}),
            on=[key, "nth"],
            maintain_order="left",
        )
        .select("old_record_id", "record_id")
    )


def _people(result: Result, config: Config) -> pl.DataFrame:
    """``record_id``, ``content`` and ``key0`` … of every record, from the hand-over files."""
    forms = declared_forms(config.forms.folder)
    columns = [c for c in canonical_columns() if c not in NUMBERS]
    parts = [pl.DataFrame(schema={"record_id": pl.String, "content": pl.String})]
    for path, places in hand_over_files(result):
        try:
            batch = read_batch([path], headers=config.headers, forms=forms)
        except InputError:
            raise no_result(result.folder) from None
        values = [pl.col(c).fill_null("") for c in columns]
        # Each form as it was judged: a table may name none.
        found = (
            batch.frame.join(places, on=["line_index", "block"], nulls_equal=True)
            .drop("form")
            .rename({"judged_form": "form"})
        )
        keyed = people_of(found)
        parts.append(
            found.select("row", "record_id", content=pl.concat_str(values, separator="\x1f"))
            .join(keyed, on="row")
            .select(
                "record_id",
                "content",
                *(
                    pl.concat_str("office_code", "form", *together, separator="\x1f").alias(
                        f"key{n}"
                    )
                    for n, together in enumerate(TOGETHER)
                ),
            )
        )
    return pl.concat(parts, how="diagonal")
