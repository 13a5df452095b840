"""The declared layouts of electronic media (``schemas/layouts/``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from validator.resources import load_toml, schemas_dir

LayoutName = Literal["KPFD0006", "SHFD0006"]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class HeaderRecord(_Declared):
    """A line of the header: its items by name.

    ``patterns``: item -> regular expression of the whole value; ``max_bytes`` in CP932;
    ``dates``: items that are a day as YYYYMMDD. A value that does not fit is noted.
    """

    fields: tuple[str, ...]
    patterns: dict[str, str] = {}
    max_bytes: dict[str, int] = {}
    dates: tuple[str, ...] = ()

    def odd(self, values: Mapping[str, str]) -> list[str]:
        """The names of items whose value is not as it should be."""
        found = {
            name for name, text in self.patterns.items() if not re.fullmatch(text, values[name])
        }
        found |= {n for n, most in self.max_bytes.items() if _bytes(values[n]) > most}
        found |= {name for name in self.dates if not _is_day(values[name])}
        return [name for name in self.fields if name in found]

    @model_validator(mode="after")
    def _items_are_fields(self) -> HeaderRecord:
        if not {*self.patterns, *self.max_bytes, *self.dates} <= set(self.fields):
            raise ValueError("a header item is named that is no field")
        return self


def _bytes(text: str) -> int:
    return len(text.encode("cp932", errors="backslashreplace"))


def _is_day(text: str) -> bool:
    if not re.fullmatch("[0-9]{8}", text):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


class MediaRecord(HeaderRecord):
    """Line 1; ``constants``: item name -> expected value."""

    constants: dict[str, str]


class CountRecord(HeaderRecord):
    """The line behind ``[kanri]``; ``offices`` names the item with the number of employers."""

    offices: str


class OfficeRecord(HeaderRecord):
    """One line per employer."""

    name: str
    key: tuple[str, ...]
    code: tuple[str, ...]

    @model_validator(mode="after")
    def _names_exist(self) -> OfficeRecord:
        if not {self.name, *self.key, *self.code} <= set(self.fields):
            raise ValueError("an office item is named that is no field")
        return self


class HeaderLayout(_Declared):
    """The header of one kind of electronic media."""

    layout: LayoutName
    receiver: str
    office_key_separator: str
    media: MediaRecord
    count: CountRecord
    office: OfficeRecord


Ranges = tuple[tuple[int, int], ...]
Choices = dict[int, tuple[str, ...]]


def numbers_in(ranges: Ranges) -> list[int]:
    """All numbers of ranges whose ends are included, in order."""
    return [no for first, last in ranges for no in range(first, last + 1)]


class Item(_Declared):
    """One field of a data line; ``no`` 1-based, ``max_bytes`` in CP932 (0: always blank).

    ``exact``: just ``max_bytes`` long. ``refused``: values it may not have; ``not_zero``: digits
    that are not all 0; ``known``: table beside the layouts with the values that are known, other
    ones being suspect only.
    """

    no: int = Field(ge=1)
    name: str
    type: Literal["num", "alnum", "alnum_or_kana", "kana", "kana_address", "kanji", "text"]
    max_bytes: int | None = Field(default=None, ge=0)
    required: Literal["yes", "no", "conditional"]
    codes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    exact: bool = False
    not_zero: bool = False
    known: Literal["prefectures"] | None = None

    @property
    def column(self) -> str:
        """Its name in ``media_fields``."""
        return item_column(self.no)


def item_column(no: int) -> str:
    """The name of item ``no`` in ``media_fields``."""
    return f"f{no:02d}"


class Variant(_Declared):
    """A record length: which items, in order, a line of ``fields`` fields holds."""

    fields: int
    layouts: tuple[LayoutName, ...]
    items: Ranges

    def numbers(self) -> list[int]:
        """Item numbers by field position."""
        return numbers_in(self.items)

    @model_validator(mode="after")
    def _counts_agree(self) -> Variant:
        if len(self.numbers()) != self.fields:
            raise ValueError("a variant's items do not make up its number of fields")
        return self


class Joined(_Declared):
    """Items put together to one value.

    ``values`` names a table that turns the code in the first item into words. The value counts
    only where every item of ``when`` holds one of its codes.
    """

    items: tuple[int, ...]
    join: str = ""
    values: str | None = None
    when: Choices = {}


class Block(_Declared):
    """One person of a line: own items, own columns.

    It is a record if one of the items ``filled_by`` is filled (none named: always). ``like``:
    the items are those of that block under other numbers, and are read as them.
    """

    name: str
    items: Ranges
    filled_by: Ranges = ()
    like: str | None = None
    columns: dict[str, tuple[Joined, ...]] = {}

    def numbers(self) -> list[int]:
        """Its item numbers in order."""
        return numbers_in(self.items)


class DateItems(_Declared):
    """A date in two items: era and YYMMDD."""

    name: str
    items: tuple[int, int]


class Condition(_Declared):
    """What other items decide: under it, ``required`` items are given and ``blank`` ones are not.

    It holds where every item of ``when`` has one of its values and no item of ``unless`` has.
    "*" stands for any value, "" for a blank. ``rule`` is the code of the finding.
    """

    rule: str
    required: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    when: Choices = {}
    unless: Choices = {}

    def numbers(self) -> set[int]:
        """All items it speaks of."""
        return {*self.required, *self.blank, *self.when, *self.unless}


class FormLayout(_Declared):
    """The data line of one form."""

    form_code: str
    form: str
    variant: tuple[Variant, ...]
    columns: dict[str, tuple[Joined, ...]]
    office: dict[LayoutName, tuple[int, ...]]
    values: dict[str, dict[str, str]] = {}
    block: tuple[Block, ...] = ()
    date_items: tuple[DateItems, ...] = ()
    condition: tuple[Condition, ...] = ()
    item: tuple[Item, ...]

    def variant_of(self, fields: int) -> Variant | None:
        """The variant with that many fields."""
        return next((variant for variant in self.variant if variant.fields == fields), None)

    def block_named(self, name: str | None) -> Block | None:
        """The block with that name."""
        return next((block for block in self.block if block.name == name), None)

    def read_as(self, block: Block) -> Block:
        """The block whose item numbers and columns serve this one."""
        return self.block_named(block.like) or block

    def own_items(self, block: Block | None) -> tuple[Item, ...]:
        """The items of one block, as it is read; of the whole line without blocks."""
        if block is None:
            return self.item
        own = set(self.read_as(block).numbers())
        return tuple(item for item in self.item if item.no in own)

    def columns_of(self, block: Block | None) -> dict[str, tuple[Joined, ...]]:
        """Canonical columns of the records of a block."""
        return self.columns if block is None else self.columns | self.read_as(block).columns

    def owner_of(self, no: int) -> Block | None:
        """The block that item ``no`` belongs to; the first for one of no block."""
        if not self.block:
            return None
        return next((block for block in self.block if no in block.numbers()), self.block[0])

    def column_of(self, no: int, block: Block | None = None) -> str:
        """The canonical column an item goes into, or its name in ``media_fields``."""
        if block is not None and block.like is not None:
            own = dict(zip(block.numbers(), self.read_as(block).numbers(), strict=True))
            no = own.get(no, no)
        for column, sources in self.columns_of(block).items():
            if any(no in source.items for source in sources):
                return column
        return item_column(no)

    @model_validator(mode="after")
    def _items_exist(self) -> FormLayout:
        if [item.no for item in self.item] != list(range(1, len(self.item) + 1)):
            raise ValueError("items are not numbered from 1 without a gap")
        tables = [self.columns, *(block.columns for block in self.block)]
        joined = [one for table in tables for sources in table.values() for one in sources]
        used = {no for one in joined for no in (*one.items, *one.when)}
        used |= {no for key in self.office.values() for no in key}
        used |= {no for variant in self.variant for no in variant.numbers()}
        used |= {
            no for block in self.block for no in (*block.numbers(), *numbers_in(block.filled_by))
        }
        used |= {no for one in self.date_items for no in one.items}
        used |= {no for one in self.condition for no in one.numbers()}
        if not used <= {item.no for item in self.item}:
            raise ValueError("an item is used that is not declared")
        if not {one.values for one in joined} - {None} <= set(self.values):
            raise ValueError("a table of values is named that is not declared")
        for block in self.block:
            like = self.read_as(block)
            if block.like not in (None, like.name) or len(like.numbers()) != len(block.numbers()):
                raise ValueError("a block is like one that is not there or has other items")
        return self


class RefusedCodes(_Declared):
    """Form codes that are not read, with the reason and remedy."""

    codes: tuple[str, ...]
    ja: str
    en: str


@cache
def header_layouts() -> tuple[HeaderLayout, ...]:
    """All header layouts."""
    names = ("kpfd0006", "shfd0006")
    return tuple(HeaderLayout.model_validate(load_toml(f"layouts/{name}.toml")) for name in names)


@cache
def form_layouts() -> dict[str, FormLayout]:
    """Form code -> data line layout, one file for each code."""
    found: dict[str, FormLayout] = {}
    for path in sorted((schemas_dir() / "layouts").glob("[0-9]*.toml")):
        declared: dict[str, Any] = load_toml(f"layouts/{path.name}")
        layout = FormLayout.model_validate(declared)
        found[layout.form_code] = layout
    return found


@cache
def refused_codes() -> dict[str, RefusedCodes]:
    """Form code -> why it is not read."""
    declared = load_toml("layouts/form_codes.toml")["refused"]
    refused = [RefusedCodes.model_validate(one) for one in declared]
    return {code: one for one in refused for code in one.codes}
