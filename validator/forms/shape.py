"""The shape of a form's table as a pandera schema, compiled from its declaration.

For frames that come from elsewhere, for publication and for tests: importing pandera takes longer
than checking a small batch, so `check` asks the same of its records by `field_facts`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from validator.forms.declarations import Form, FormField
from validator.forms.load import Forms, default_forms
from validator.forms.words import fold_word

if TYPE_CHECKING:
    from pandera.polars import Check, Column, DataFrameSchema, PolarsData


def form_schema(name: str, forms: Forms | None = None) -> DataFrameSchema:
    """Columns of one form: text, nullable; lengths, and the values of closed lists.

    An addition to membership needs the columns of the contract; other columns may be absent, and
    columns that the form does not know may be present. Raises KeyError for an unknown form.
    """
    from pandera.polars import DataFrameSchema

    declared = forms or default_forms()
    form = declared.form(name)
    always = declared.vocabulary.required.addition if _always_adds(form) else ()
    return DataFrameSchema(
        {field.column: _column(field, needed=field.column in always) for field in form.field},
        name=form.name,
        title=form.ja[0],
        description=form.purpose.en,
        strict=False,
    )


def shape_failures(frame: pl.DataFrame, name: str, forms: Forms | None = None) -> list[str]:
    """``column: check`` of all that breaks the schema, never a value; ``frame`` is collected."""
    from pandera.errors import SchemaErrors

    schema = form_schema(name, forms)
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as problem:
        # pandera's own text carries values: only names of declared columns and checks go on.
        found = set()
        for error in problem.schema_errors:
            column = getattr(error.schema, "name", None)
            named = column if column in schema.columns else "frame"
            check = getattr(error.check, "name", None) or error.reason_code.name.lower()
            found.add(f"{named}: {check}")
        return sorted(found)
    return []


def _always_adds(form: Form) -> bool:
    return form.membership.effect == "adds"


def _column(field: FormField, *, needed: bool) -> Column:
    from pandera.polars import Column

    return Column(
        pl.String,
        checks=_checks(field),
        nullable=True,
        required=needed,
        title=field.note.ja,
        description=field.note.en,
    )


def _checks(field: FormField) -> list[Check]:
    from pandera.polars import Check

    checks = [Check.str_length(max_value=field.max_chars, name="max_chars")]
    if field.type == "code" and field.strict == "closed":
        known = {fold_word(word) for value in field.codes for word in (value.code, *value.words)}
        checks.append(Check(_in_list(frozenset(known)), name="closed_list"))
    return checks


def _in_list(known: frozenset[str]) -> Callable[[PolarsData], pl.LazyFrame]:
    def check(data: PolarsData) -> pl.LazyFrame:
        def fits(value: str) -> bool:
            word = fold_word(value)
            return not word or word in known

        return data.lazyframe.select(
            pl.col(data.key).map_elements(fits, return_dtype=pl.Boolean, skip_nulls=True)
        )

    return check
