"""The comparison ladder alone: two values, or a file of pairs (contract section 5)."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from validator.api import compare_addresses, compare_names
from validator.errors import InputError, UsageError
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.birth_date import date_map
from validator.fields.levels import Level
from validator.fields.name import compare_name_pairs
from validator.fields.steps import step_words
from validator.fields.text import is_blank
from validator.output.csv_file import refuse_target, write_whole

_ADDED = ("level", "level_kanji", "level_kana", "steps")
_NAME_COLUMNS = ("submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana")


@dataclass(frozen=True)
class Site:
    """What a site's configuration decides in comparisons (``[names]``, ``[addresses]``)."""

    glyph_exceptions: tuple[str, ...] = ()
    addresses: AddressSite = PACKAGED


def compare_frame(item: str, pairs: pl.DataFrame, site: Site = Site()) -> pl.DataFrame:
    """``pairs`` with the columns of the comparison added; rows keep their order."""
    if item == "name":
        return compare_names(pairs, glyph_exceptions=site.glyph_exceptions)
    if item == "address":
        return compare_addresses(pairs, site=site.addresses)
    return pairs.hstack(_compare_kana(pairs) if item == "kana" else _compare_dates(pairs))


def _compare_kana(pairs: pl.DataFrame) -> pl.DataFrame:
    empty = pl.lit(None, dtype=pl.String)
    both = pairs.select(
        pl.when(~is_blank(c)).then(pl.col(c)).alias(c) for c in ("submitted", "registry")
    )
    return compare_name_pairs(
        both.select(
            s_kanji=empty,
            s_kana="submitted",
            r_kanji=empty,
            r_kana="registry",
            r_alias_kanji=empty,
            r_alias_kana=empty,
            r_former_kanji=empty,
            r_former_kana=empty,
        )
    ).select(level="level_kana", steps="steps_kana")


def _compare_dates(pairs: pl.DataFrame) -> pl.DataFrame:
    read = date_map(pl.concat([pairs["submitted"], pairs["registry"]]))
    days = read.select("raw", "day")
    both = (
        pairs.select("submitted", "registry")
        .join(
            days.rename({"day": "a"}),
            left_on="submitted",
            right_on="raw",
            how="left",
            maintain_order="left",
        )
        .join(
            days.rename({"day": "b"}),
            left_on="registry",
            right_on="raw",
            how="left",
            maintain_order="left",
        )
    )
    blank = pl.col("submitted").fill_null("").str.strip_chars() == ""
    missing = pl.col("registry").fill_null("").str.strip_chars() == ""
    same = (pl.col("submitted") == pl.col("registry")) & pl.col("a").is_not_null()
    equal = pl.col("a") == pl.col("b")
    return both.select(
        level=pl.when(blank)
        .then(pl.lit(Level.BLANK.value))
        .when(missing | pl.col("b").is_null())
        .then(pl.lit(Level.UNDECIDABLE.value))
        .when(same)
        .then(pl.lit(Level.SAME.value))
        .when(equal)
        .then(pl.lit(Level.EQUIVALENT.value))
        .otherwise(pl.lit(Level.DIFFERENT.value)),
        steps=pl.when(equal & ~same).then(pl.lit("CALENDAR")).otherwise(pl.lit("")),
    )


def compare_values(item: str, values: list[str], lang: str, site: Site = Site()) -> None:
    """Print level and steps of two values (a name: kanji and kana of both, or kanji alone)."""
    if item == "name" and len(values) in (2, 4):
        cells = values if len(values) == 4 else [values[0], "", values[1], ""]
        pairs = pl.DataFrame(dict(zip(_NAME_COLUMNS, ([c] for c in cells), strict=True)))
    elif item != "name" and len(values) == 2:
        pairs = pl.DataFrame({"submitted": values[:1], "registry": values[1:]})
    else:
        raise UsageError(
            "比べる値を2つ(氏名は漢字2つ、または漢字・カナ・漢字・カナの4つ)、"
            "または --pairs を指定してください。",
            "give two values (for a name two kanji, or kanji kana kanji kana), or --pairs",
        )
    result = compare_frame(item, pairs, site).with_columns(words=step_words("steps", lang))
    level, words = result.select("level", "words").row(0)
    sys.stdout.write(f"{level}\n" + (f"{words}\n" if words else ""))


def compare_file(
    item: str,
    source: Path,
    target: Path | None,
    *,
    overwrite: bool,
    site: Site = Site(),
) -> None:
    """Read pairs, compare, write ``target``.

    Raises InputError (3), UsageError (2), OutputError (7).
    """
    if target is None:
        raise UsageError("--out に出力する CSV を指定してください。", "give --out FILE.csv")
    refuse_target(source, target, option="--pairs", overwrite=overwrite)
    pairs = read_pairs(source, _NAME_COLUMNS if item == "name" else ("submitted", "registry"))
    write_whole(compare_frame(item, pairs, site), target)


def read_pairs(source: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    """A CSV of pairs as text (UTF-8, with or without BOM, or CP932), with its columns checked."""
    from validator.batch.delimited import read_delimited
    from validator.batch.opening import read_submitted

    submitted = read_submitted(source)
    table = read_delimited(submitted, keep_blank=True)
    names = [str(h).strip() for h in table.headers]
    missing = [c for c in needed if c not in names]
    if missing or len({*names, *_ADDED}) != len(names) + len(_ADDED):
        raise InputError(
            f"列が足りないか、重複か、追加される列と同名です。必要な列: {', '.join(needed)}",
            f"columns are missing, doubled or taken by the result; needed: {', '.join(needed)}",
            file=source.name,
            lines=(1,),
        )
    # A row of nothing but separators is a row; an empty line is none.
    physical = submitted.data.split(b"\n")
    empty = [not physical[n - 1].strip(b"\r") for n in table.line.to_list()]
    rows = table.cells.filter(
        ~(
            pl.Series(empty, dtype=pl.Boolean)
            & table.cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
        )
    )
    return rows.rename(dict(zip(table.cells.columns, names, strict=True)))
