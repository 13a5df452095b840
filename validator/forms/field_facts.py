"""What the declarations of the forms say of each field, asked of every record of a table.

The rules FF001 … only look at the columns made here. Electronic media have their own checks by
item (``schemas/layouts/``), and a field whose value a family of rules reads itself is left to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import polars as pl

from validator.fields.text import is_blank
from validator.forms.declarations import FormField
from validator.forms.field_checks import KINDS, broken_by
from validator.forms.load import Forms
from validator.forms.other_numbers import add_other_number_facts
from validator.forms.words import fold_word

FACTS = """
ff_{kind}, ff_{kind}_en   String: names of the fields (Japanese headers; columns) joined, or null;
                          {kind} is blank, blank_note or one of `field_checks.KINDS`
"""
_BLANKS = {"warning": "blank", "info": "blank_note"}
_HIT = {"position": pl.UInt32, "kind": pl.String, "ja": pl.String, "en": pl.String}


@dataclass(frozen=True)
class _Asked:
    """One way a column is declared, and the forms that declare it so."""

    field: FormField
    forms: tuple[str, ...]


def add_field_facts(frame: pl.DataFrame, forms: Forms) -> pl.DataFrame:
    """Add `FACTS` and the facts of the other numbers to ``frame`` (all columns of ``forms``)."""
    frame = add_other_number_facts(frame)
    filed = [name for name in frame.get_column("form").unique().to_list() if name in forms.names]
    asked = [a for a in _asked(forms, sorted(filed)) if a.field.column in frame.columns]
    hits = [pl.DataFrame(schema=_HIT)]
    longest = _longest(frame, [a.field.column for a in asked])
    for one in asked:
        column = one.field.column
        names = (forms.vocabulary.japanese_name(column), column)
        rows = _rows(frame, one, len(filed))
        hits += _blank(frame, one.field, rows, names)
        if not longest.get(column):
            continue
        for kind, broken in broken_by(frame, one.field, longest[column]):
            hits += _hit(broken if rows is None else broken & rows, kind, names)
    return _attach(frame, pl.concat(hits))


def _asked(forms: Forms, filed: list[str]) -> Iterator[_Asked]:
    """Fields of the forms filed, those of equal checks together, in the order of the forms."""
    fields = [(f, name) for name in filed for f in forms.form(name).field]
    fields.sort(key=lambda pair: forms.vocabulary.names.index(pair[0].column))
    for _, same in groupby(fields, key=lambda pair: pair[0].column):
        alike: dict[str, tuple[FormField, list[str]]] = {}
        for declared, name in same:
            checks = declared.model_dump_json(exclude={"note", "example", "source", "required"})
            alike.setdefault(checks, (declared, []))[1].append(name)
        yield from (_Asked(declared, tuple(names)) for declared, names in alike.values())


def _longest(frame: pl.DataFrame, columns: list[str]) -> dict[str, int]:
    """Bytes of the longest value of each column; none where it has no value."""
    wanted = list(dict.fromkeys(columns))
    if frame.is_empty() or not wanted:
        return {}
    row = frame.select(pl.col(wanted).str.len_bytes().max()).row(0)
    return {column: length for column, length in zip(wanted, row, strict=True) if length}


def _rows(frame: pl.DataFrame, one: _Asked, filed: int) -> pl.Series | None:
    """The records this field is asked of; None for all."""
    conditions = []
    if len(one.forms) < filed:
        conditions.append(pl.col("form").is_in(list(one.forms)))
    if "is_media" in frame.columns and frame.get_column("is_media").any():
        conditions.append(~pl.col("is_media"))
    if not conditions:
        return None
    return frame.select(reduce(lambda a, b: a & b, conditions).alias("rows")).to_series()


def _blank(
    frame: pl.DataFrame, field: FormField, rows: pl.Series | None, names: tuple[str, str]
) -> list[pl.DataFrame]:
    kind = _BLANKS.get(field.blank)
    if kind is None:
        return []
    blank = frame.select(is_blank(field.column).alias("blank")).to_series()
    if field.when is not None and field.when.column in frame.columns:
        wanted = {fold_word(value) for value in field.when.values}
        given = frame.get_column(field.when.column)
        fitting = [v for v in given.unique().drop_nulls().to_list() if fold_word(v) in wanted]
        blank &= given.is_in(fitting).fill_null(value=False)
    return _hit(blank if rows is None else blank & rows, kind, names)


def _hit(broken: pl.Series, kind: str, names: tuple[str, str]) -> list[pl.DataFrame]:
    places = broken.arg_true()
    if places.is_empty():
        return []
    ja, en = names
    found = pl.DataFrame({"position": places.cast(pl.UInt32)})
    return [found.with_columns(kind=pl.lit(kind), ja=pl.lit(ja), en=pl.lit(en))]


def _attach(frame: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    made: dict[str, pl.Series] = {}
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    for kind in (*_BLANKS.values(), *KINDS):
        ja, en = f"ff_{kind}", f"ff_{kind}_en"
        own = hits.filter(pl.col("kind") == kind)
        if own.is_empty():
            made |= {ja: nothing.alias(ja), en: nothing.alias(en)}
            continue
        joined = own.group_by("position", maintain_order=True).agg(
            pl.col("ja").str.join("、").alias(ja), pl.col("en").str.join(", ").alias(en)
        )
        for name in (ja, en):
            places, words = joined.get_column("position"), joined.get_column(name)
            # scatter writes into the series it is called on.
            made[name] = nothing.clone().scatter(places, words).alias(name)
    return frame.hstack(list(made.values()))
