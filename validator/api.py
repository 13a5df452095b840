"""The public functions; the command line is a thin layer over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from validator.batch.from_frame import batch_of_frame
from validator.checking import (
    Options,
    check_files,
    judge_batch,
    ledger_of,
    parse_day,
    recalled,
    settings_of,
)
from validator.errors import UsageError
from validator.fields.address import parse
from validator.fields.address.compare import compare_address_pairs
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.name import compare_name_pairs
from validator.fields.name.person import person_level
from validator.fields.registry_forms import add_normal_forms
from validator.fields.text import is_blank
from validator.registry import open_registry


@dataclass(frozen=True)
class Result:
    """Result of `check`: polars frames as in records.parquet and findings.parquet."""

    records: pl.DataFrame
    findings: pl.DataFrame
    summary: dict[str, Any]


def check(
    batch: str | Path | Sequence[str | Path] | pl.DataFrame,
    registry: str | Path | None = None,
    policy: str | Path | None = None,
    as_of: date | str | None = None,
    *,
    options: Options | None = None,
) -> Result:
    """Validate a batch, compare it with ``registry``, decide every record.

    ``batch``: one or more files, or a frame of String columns named as in the contract. Writes
    nothing. Raises subclasses of `validator.ValidatorError` (their ``exit_code`` says which).
    """
    base = options or Options()
    chosen = replace(
        base,
        out=None,
        registry=Path(registry) if registry is not None else base.registry,
        policy=policy if policy is not None else base.policy,
        as_of=(parse_day(as_of, "as_of") if isinstance(as_of, str) else as_of) or base.as_of,
    )
    if isinstance(batch, pl.DataFrame):
        with ledger_of(chosen) as ledger:
            settings, memory = recalled(settings_of(chosen), chosen, ledger)
        opened = None
        if chosen.registry is not None:
            opened = open_registry(
                chosen.registry,
                normalise=add_normal_forms,
                max_age_days=chosen.config.registry.max_age_days,
                as_of=settings.as_of,
            )
        read = batch_of_frame(
            batch,
            default_form=chosen.form,
            headers=chosen.config.headers,
            received_on=chosen.received_on,
            expect_empty=chosen.expect_empty,
            forms=settings.forms,
        )
        checked = judge_batch(read, opened, chosen, settings, memory)
    else:
        paths = [batch] if isinstance(batch, (str, Path)) else list(batch)
        checked = check_files([Path(p) for p in paths], chosen)
    return Result(checked.records(), checked.findings(), checked.summary.model_dump(mode="json"))


def compare_names(pairs: pl.DataFrame, *, glyph_exceptions: Sequence[str] = ()) -> pl.DataFrame:
    """Add ``level, level_kanji, level_kana, steps`` to a frame of name pairs.

    Columns ``submitted_kanji, submitted_kana, registry_kanji, registry_kana`` (String), optional
    ``alias_kanji, alias_kana, former_name_kanji, former_name_kana``. Other columns and the order
    of rows are kept. ``glyph_exceptions``: characters that are kept apart from their regular forms.
    """
    empty = pl.lit(None, dtype=pl.String)

    _must_be_pairs(pairs, ("submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana"))

    def column(name: str) -> pl.Expr:
        return pl.when(~is_blank(name)).then(pl.col(name)) if name in pairs.columns else empty

    levels = compare_name_pairs(
        pairs.select(
            s_kanji=column("submitted_kanji"),
            s_kana=column("submitted_kana"),
            r_kanji=column("registry_kanji"),
            r_kana=column("registry_kana"),
            r_alias_kanji=column("alias_kanji"),
            r_alias_kana=column("alias_kana"),
            r_former_kanji=column("former_name_kanji"),
            r_former_kana=column("former_name_kana"),
        ),
        glyph_exceptions=glyph_exceptions,
    )
    return pairs.hstack(person_level(levels))


def _must_be_pairs(pairs: pl.DataFrame, needed: Sequence[str]) -> None:
    """UsageError unless ``pairs`` is a frame with the String columns ``needed``."""
    schema = pairs.schema if isinstance(pairs, pl.DataFrame) else {}
    wrong = [name for name in needed if schema.get(name) not in (pl.String, pl.Null)]
    taken = [name for name in ("level", "level_kanji", "level_kana", "steps") if name in schema]
    if wrong or taken:
        raise UsageError(
            f"文字列の列が必要です: {', '.join(needed)}。level・steps の列は付けないでください。",
            f"String columns are needed: {', '.join(needed)}; level and steps are added",
        )


def compare_addresses(pairs: pl.DataFrame, *, site: AddressSite = PACKAGED) -> pl.DataFrame:
    """Add ``level, steps`` to a frame with String columns ``submitted`` and ``registry``.

    ``site``: renamed towns and the like (`validator.fields.address.site.load_site`).
    """
    _must_be_pairs(pairs, ("submitted", "registry"))
    blank_as_null = pairs.select(
        pl.when(~is_blank(c)).then(pl.col(c)).alias(c) for c in ("submitted", "registry")
    )
    return pairs.hstack(compare_address_pairs(blank_as_null, site).select("level", "steps"))


def parse_addresses(addresses: pl.Series | pl.DataFrame, *, detail: bool = False) -> pl.DataFrame:
    """Split addresses: ``prefecture, city, town, street, block, building, match_level``.

    A String series, or a frame with a String column ``address``, whose columns stay in front.
    ``detail``: also the columns named in `validator.fields.address.parse.parse_addresses`.
    """
    if isinstance(addresses, pl.Series):
        return parse.parse_addresses(addresses.cast(pl.String), detail=detail)
    if addresses.schema.get("address") not in (pl.String, pl.Null):
        raise UsageError(
            "文字列の列 address が必要です。", "a String column named address is needed"
        )
    parsed = parse.parse_addresses(addresses["address"], detail=detail)
    taken = sorted(set(parsed.columns) & set(addresses.columns))
    if taken:
        raise UsageError(
            f"追加される列と同じ名前の列があります: {', '.join(taken)}",
            f"columns of the result already exist: {', '.join(taken)}",
        )
    return addresses.hstack(parsed)
