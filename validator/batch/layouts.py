"""The declared layouts of electronic media (``schemas/layouts/``)."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from validator.resources import load_toml, schemas_dir

LayoutName = Literal["KPFD0006", "SHFD0006"]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class MediaRecord(_Declared):
    """Line 1; ``constants``: item name -> expected value."""

    fields: tuple[str, ...]
    constants: dict[str, str]


class CountRecord(_Declared):
    """The line behind ``[kanri]``; ``offices`` names the item with the number of employers."""

    fields: tuple[str, ...]
    offices: str


class OfficeRecord(_Declared):
    """One line per employer."""

    fields: tuple[str, ...]
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


class Item(_Declared):
    """One field of a data line; ``no`` 1-based, ``max_bytes`` in CP932."""

    no: int = Field(ge=1)
    name: str
    type: Literal["num", "alnum", "alnum_or_kana", "kana", "kana_address", "kanji", "text"]
    max_bytes: int | None = Field(default=None, ge=1)
    required: Literal["yes", "no", "conditional"]
    codes: tuple[str, ...] = ()


class Variant(_Declared):
    """A record length: which items, in order, a line of ``fields`` fields holds."""

    fields: int
    layouts: tuple[LayoutName, ...]
    items: tuple[tuple[int, int], ...]

    def numbers(self) -> list[int]:
        """Item numbers by field position."""
        return [no for first, last in self.items for no in range(first, last + 1)]

    @model_validator(mode="after")
    def _counts_agree(self) -> Variant:
        if len(self.numbers()) != self.fields:
            raise ValueError("a variant's items do not make up its number of fields")
        return self


class Joined(_Declared):
    """Items put together to one value."""

    items: tuple[int, ...]
    join: str = ""


class FormLayout(_Declared):
    """The data line of one form."""

    form_code: str
    form: str
    variant: tuple[Variant, ...]
    columns: dict[str, tuple[Joined, ...]]
    office: dict[LayoutName, tuple[int, ...]]
    item: tuple[Item, ...]

    def variant_of(self, fields: int) -> Variant | None:
        """The variant with that many fields."""
        return next((variant for variant in self.variant if variant.fields == fields), None)

    def column_of(self, no: int) -> str:
        """The canonical column an item goes into, or its name in ``media_fields``."""
        for column, sources in self.columns.items():
            if any(no in source.items for source in sources):
                return column
        return f"f{no:02d}"

    @model_validator(mode="after")
    def _items_exist(self) -> FormLayout:
        if [item.no for item in self.item] != list(range(1, len(self.item) + 1)):
            raise ValueError("items are not numbered from 1 without a gap")
        used = [no for sources in self.columns.values() for one in sources for no in one.items]
        used += [no for key in self.office.values() for no in key]
        used += [no for variant in self.variant for no in variant.numbers()]
        if not set(used) <= {item.no for item in self.item}:
            raise ValueError("an item is used that is not declared")
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
