"""Asking the ladder about pairs of names, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl

from validator.fields.name import compare_name_pairs
from validator.fields.name.person import person_level

FINE = ("same", "equivalent", "undecidable")
DIFFERS = ("similar", "different")
LEVELS = (*FINE, *DIFFERS, "blank")


class Names(NamedTuple):
    """What was submitted, and what the registry knows (None: nothing)."""

    s_kanji: str | None = None
    s_kana: str | None = None
    r_kanji: str | None = None
    r_kana: str | None = None
    r_alias_kanji: str | None = None
    r_alias_kana: str | None = None
    r_former_kanji: str | None = None
    r_former_kana: str | None = None

    def turned(self) -> Names:
        """Submitted and registered name change places."""
        return self._replace(
            s_kanji=self.r_kanji, s_kana=self.r_kana, r_kanji=self.s_kanji, r_kana=self.s_kana
        )


class Answer(NamedTuple):
    """Levels of the whole and of both fields, and the codes of each."""

    level: str
    level_kanji: str
    level_kana: str
    steps_kanji: str
    steps_kana: str


def ask(names: Iterable[Names], *, glyph_exceptions: Sequence[str] = ()) -> list[Answer]:
    """One answer for each pair, in order."""
    pairs = pl.DataFrame(list(names), schema=dict.fromkeys(Names._fields, pl.String), orient="row")
    fields = compare_name_pairs(pairs, glyph_exceptions=glyph_exceptions)
    whole = person_level(fields)
    together = fields.select(pl.exclude("whole")).with_columns(whole["level"])
    return [Answer(*row) for row in together.select(Answer._fields).iter_rows()]


def kanji(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Level and codes of kanji names alone."""
    found = ask(Names(s_kanji=a, r_kanji=b) for a, b in pairs)
    return [(answer.level_kanji, answer.steps_kanji) for answer in found]


def kana(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Level and codes of kana names alone."""
    found = ask(Names(s_kana=a, r_kana=b) for a, b in pairs)
    return [(answer.level_kana, answer.steps_kana) for answer in found]
