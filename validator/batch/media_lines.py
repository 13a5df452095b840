"""The data lines of electronic media: which form, how many fields, split into items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validator.batch.layouts import FormLayout, Variant, form_layouts, refused_codes
from validator.batch.model import Mark
from validator.batch.quoting import split_quoted
from validator.batch.table import MAX_FIELD_BYTES
from validator.errors import InputError

# Stands for a comma inside a quoted value while lines are split.
_INNER_COMMA = "\x1f"
_SLICE = 100_000

MEDIA_MARKS_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "block": pl.String,
    "column": pl.String,
    "mark": pl.String,
}


@dataclass(frozen=True)
class DataLines:
    """``texts``: data lines without line ends and quotes; ``numbers``: physical lines, 1-based.

    ``quoted``: 0-based index of a line -> positions of the values that stood in quotes.
    """

    texts: list[str]
    numbers: list[int]
    blank: int
    quoted: dict[int, list[int]]


@dataclass(frozen=True)
class FormGroup:
    """All data lines of one form; ``rows``: their 0-based indexes (UInt32)."""

    layout: FormLayout
    variant: Variant
    rows: pl.Series

    def items(self, lines: DataLines, file: str) -> pl.DataFrame:
        """Every item of the layout: ``row`` UInt32, ``fields`` UInt8, ``f01`` ... String or null.

        Raises InputError naming lines with a value of absurd length.
        """
        numbers = self.variant.numbers()
        slices = [
            self._split([lines.texts[row] for row in self.rows[start : start + _SLICE]], numbers)
            for start in range(0, len(self.rows), _SLICE)
        ]
        items = pl.concat(slices)
        if lines.quoted:
            items = items.with_columns(pl.all().str.replace_all(_INNER_COMMA, ",", literal=True))
        items = items.with_columns(pl.when(pl.all() != "").then(pl.all()).name.keep())
        self._refuse_huge(items, lines, file)
        return items.select(
            self.rows.alias("row"),
            pl.lit(self.variant.fields, pl.UInt8).alias("fields"),
            pl.all(),
        )

    def quoted_marks(self, lines: DataLines) -> pl.DataFrame:
        """A mark for every value that was submitted in quotes (the layout knows none)."""
        numbers = self.variant.numbers()
        rows = set(self.rows.to_list()) if lines.quoted else set()
        found = []
        for row, positions in lines.quoted.items():
            for position in positions if row in rows else ():
                block = self.layout.owner_of(numbers[position])
                column = self.layout.column_of(numbers[position], block)
                name = block.name if block else None
                found.append((row, name, column, Mark.QUOTED_VALUE.value))
        return pl.DataFrame(found, schema=MEDIA_MARKS_SCHEMA, orient="row").unique(
            maintain_order=True
        )

    def _split(self, texts: list[str], numbers: list[int]) -> pl.DataFrame:
        fields = pl.Series("fields", texts, dtype=pl.String).str.split(",")
        absent = pl.repeat(None, len(fields), dtype=pl.String, eager=True)
        return pl.DataFrame(
            [
                (fields.list.get(numbers.index(item.no)) if item.no in numbers else absent).alias(
                    item.column
                )
                for item in self.layout.item
            ]
        )

    def _refuse_huge(self, items: pl.DataFrame, lines: DataLines, file: str) -> None:
        huge = items.select(
            pl.any_horizontal(pl.all().str.len_bytes() > MAX_FIELD_BYTES).fill_null(False)
        ).to_series()
        if huge.any():
            raise InputError(
                "長すぎる項目があります。ファイルが壊れていないか確認してください。",
                "a field is too long; see whether the file is damaged.",
                file=file,
                lines=tuple(lines.numbers[row] for row in self.rows.filter(huge).to_list()),
            )


def data_lines(physical: Sequence[str], first: int, file: str) -> DataLines:
    """The lines behind ``[data]``; raises InputError naming lines of broken quoting."""
    texts: list[str] = []
    numbers: list[int] = []
    quoted: dict[int, list[int]] = {}
    broken: list[int] = []
    for number, text in enumerate(physical[first:], start=first + 1):
        if not text:
            continue
        if '"' in text:
            fields = split_quoted(text, ",")
            if fields is None or _INNER_COMMA in text:
                broken.append(number)
                continue
            quoted[len(texts)] = [at for at, (_, in_quotes) in enumerate(fields) if in_quotes]
            texts.append(",".join(value.replace(",", _INNER_COMMA) for value, _ in fields))
        else:
            texts.append(text)
        numbers.append(number)
    if broken:
        raise InputError(
            '引用符(")の使い方が正しくありません。電子媒体届書では引用符を使いません。作り直してください。',
            "a quote stands where it may not; electronic media use no quotes. Create the file"
            " again.",
            file=file,
            lines=tuple(broken),
        )
    blank = len(physical) - first - len(texts)
    return DataLines(texts, numbers, blank, quoted)


def group_by_form(lines: DataLines, file: str) -> list[FormGroup]:
    """Sort the lines by form, in the order of form codes.

    Raises InputError, naming lines, for form codes that are unknown or not read, and for lines
    whose number of fields no variant of the form has, or that differs from the other lines'.
    """
    frame = pl.DataFrame({"text": pl.Series(lines.texts, dtype=pl.String)}).select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        pl.col("text").str.extract("^([^,]*)").alias("code"),
        (pl.col("text").str.count_matches(",", literal=True) + 1).alias("fields"),
    )
    _refuse_cut_line(frame, lines, file)
    groups = []
    codes = frame["code"].unique().sort().to_list()
    _refuse_codes(frame, codes, lines, file)
    for code in codes:
        layout, own = form_layouts()[code], frame.filter(pl.col("code") == code)
        counts = Counter(own["fields"].to_list())
        usual = max(
            counts,
            key=lambda count: (layout.variant_of(count) is not None, counts[count]),
        )
        variant = layout.variant_of(usual)
        odd = own if variant is None else own.filter(pl.col("fields") != usual)
        if variant is None or len(odd):
            raise _wrong_count([lines.numbers[row] for row in odd["row"].to_list()], file)
        groups.append(FormGroup(layout, variant, own["row"]))
    return groups


def _refuse_cut_line(frame: pl.DataFrame, lines: DataLines, file: str) -> None:
    if frame.is_empty():
        return
    _, code, fields = frame.row(-1)
    layout = form_layouts().get(code)
    variants = layout.variant if layout else [v for f in form_layouts().values() for v in f.variant]
    codes = {*form_layouts(), *refused_codes()}
    cut_code = code not in codes and any(known.startswith(code) for known in codes)
    if (layout or cut_code) and fields < min(variant.fields for variant in variants):
        raise InputError(
            "最後の行が途中で切れています。ファイルを作り直してください。",
            "the last line is cut off; create the file again.",
            file=file,
            lines=(lines.numbers[-1],),
        )


def _refuse_codes(frame: pl.DataFrame, codes: list[str], lines: DataLines, file: str) -> None:
    for code in codes:
        if code in form_layouts():
            continue
        refused = refused_codes().get(code)
        if refused is None:
            ja = "知らない様式コードがあります。様式コードとファイルの版を確認してください。"
            en = "a form code this program does not know; check the form code and its version."
        else:
            ja, en = refused.ja, refused.en
        rows = frame.filter(pl.col("code") == code)["row"].to_list()
        raise InputError(ja, en, file=file, lines=tuple(lines.numbers[row] for row in rows))


def _wrong_count(numbers: list[int], file: str) -> InputError:
    return InputError(
        "項目数が様式と合わない行があります。値の中のコンマや改行を直すか、作り直してください。",
        "lines whose number of fields does not fit the form; correct commas or line breaks inside"
        " values, or create the file again.",
        file=file,
        lines=tuple(numbers),
    )
