"""Formats of the work list: one font, few colours, every colour with a word beside it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Yu Gothic"
_SIZE = 11
NAVY, GREEN, GREY, PALE = "#1F4E79", "#1E6B3C", "#595959", "#F2F2F2"
DIFFERS_FILL, INPUT_FILL = "#FFF2CC", "#E8F4EA"
LATE = {"bg_color": "#F8CBAD", "font_color": "#7F1D00", "bold": True}
SOON = {"bg_color": "#FFE699", "font_color": "#5C4400"}
RETURNED = {"bg_color": "#E4DFEC", "font_color": "#3F2A63"}
DONE = {"bg_color": "#D9D9D9"}
_BELOW = {"bottom": 1, "bottom_color": "#D9D9D9"}
LINE = {"border": 1, "border_color": "#BFBFBF"}


class Styles:
    """The formats of one workbook, made when they are used."""

    def __init__(self, book: Workbook) -> None:
        """``book``: the workbook that they belong to."""
        self._book = book

    def made(self, **properties: Any) -> Format:  # noqa: ANN401 (as the library takes them)
        """A format with the house's font."""
        return self._book.add_format(
            {"font_name": FONT, "font_size": _SIZE, "valign": "top", **properties}
        )

    def rule(self, properties: dict[str, Any]) -> Format:
        """A format of a conditional rule: only what it changes."""
        return self._book.add_format(properties)

    @cached_property
    def head(self) -> Format:
        """A heading."""
        return self._head(NAVY)

    @cached_property
    def input_head(self) -> Format:
        """The heading of a column to be filled in."""
        return self._head(GREEN)

    def _head(self, fill: str) -> Format:
        return self.made(
            bold=True, font_color="#FFFFFF", bg_color=fill, align="center", valign="vcenter",
            text_wrap=True, border=1, border_color="#FFFFFF", num_format="@",
        )  # fmt: skip

    @cached_property
    def text(self) -> Format:
        """Text as it is, in as many lines as it takes."""
        return self.made(text_wrap=True, num_format="@")

    @cached_property
    def cell(self) -> Format:
        """Text in a table, with a line below."""
        return self.made(text_wrap=True, num_format="@", **_BELOW)

    @cached_property
    def number(self) -> Format:
        """A whole number in a table, with a line below."""
        return self.made(num_format="#,##0", align="center", **_BELOW)

    @cached_property
    def fact(self) -> Format:
        """A value beside its name, in one line."""
        return self.made(num_format="@", align="left")

    @cached_property
    def marked(self) -> Format:
        """An item whose two sides differ."""
        return self.made(text_wrap=True, num_format="@", bg_color=DIFFERS_FILL, bold=True)

    @cached_property
    def count(self) -> Format:
        """A whole number."""
        return self.made(num_format="#,##0", align="center")

    def share(self, lang: str) -> Format:
        """Whole per cent; what is nearly certain is not called certain."""
        words = ("99%以上", "1%未満") if lang == "ja" else ("99% +", "below 1%")
        return self.made(num_format=f'[>=99]"{words[0]}";[<1]"{words[1]}";0"%"', align="center")

    @cached_property
    def day(self) -> Format:
        """A day."""
        return self.made(num_format="yyyy-mm-dd", align="left")

    @cached_property
    def entry(self) -> Format:
        """Text to be filled in."""
        return self.made(text_wrap=True, locked=False)

    @cached_property
    def entry_day(self) -> Format:
        """A day to be filled in."""
        return self.made(num_format="yyyy-mm-dd", align="left", locked=False)

    @cached_property
    def title(self) -> Format:
        """The title of a sheet."""
        return self.made(font_size=16, bold=True, font_color=NAVY, valign="vcenter")

    @cached_property
    def subtitle(self) -> Format:
        """The title of a part."""
        return self.made(font_size=12, bold=True, font_color=NAVY)

    @cached_property
    def bold(self) -> Format:
        """A word that stands out."""
        return self.made(bold=True, text_wrap=True, num_format="@")
