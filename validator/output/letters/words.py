"""Words of the letters in one language (``schemas/codes/letters.toml``)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from validator.resources import load_toml

TABLE = "codes/letters.toml"


class Words:
    """``words[key]``: a text; ``words.fill(key, n=3)``: a text with its {…} filled in."""

    def __init__(self, lang: str) -> None:
        """``lang``: ja or en."""
        self.lang = "ja" if lang == "ja" else "en"
        self.table: dict[str, Any] = load_toml(TABLE)
        self._words: dict[str, str] = {k: v[self.lang] for k, v in self.table["words"].items()}

    def __getitem__(self, key: str) -> str:
        """The text ``key``; KeyError where there is none."""
        return self._words[key]

    def all(self) -> dict[str, str]:
        """All texts by their key."""
        return dict(self._words)

    def fill(self, key: str, **values: object) -> str:
        """The text ``key`` with its places filled in."""
        return self._words[key].format(**values)

    def of(self, group: str, key: str) -> str:
        """A text of another table of the file: asks, proofs, remedies, shares."""
        text: str = self.table[group][key][self.lang]
        return text

    @cache  # noqa: B019 - an object lives as long as one run
    def day(self, day: date) -> str:
        """A day as letters write it: 令和8年11月23日, or 2026-11-23 in English."""
        era, year = _era(day)
        return self.fill(
            "date",
            era=era,
            year=self["first_year"] if year == 1 else year,
            month=day.month,
            day=day.day,
            iso=day.isoformat(),
        )


def _era(day: date) -> tuple[str, int]:
    eras: list[dict[str, Any]] = load_toml("codes/eras.toml")["era"]
    found = next((era for era in reversed(eras) if era["first"] <= day), None)
    return (found["name"], day.year - found["base"]) if found else ("西暦", day.year)
