"""Searching a table that comes as rows of cells: sheets of workbooks, columns of Parquet."""

from __future__ import annotations

import re

from validator.privacy.guard.chains import INVISIBLE, Candidate, candidates
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.surroundings import Surroundings
from validator.privacy.guard.words import labels, says_my_number

_REACH = 80
_LONGEST_LABEL = 40
_LONG_RUN = re.compile(r"\d{6,}")
_BOXES = 12
_BLANK = " \t\r\n\"'=　"


class Grid:
    """Takes rows in order; the last row of texts without a long number is their header."""

    def __init__(self, judge: Judge) -> None:
        """Candidates go to ``judge``."""
        self._judge = judge
        self._header: dict[int, str] = {}

    def row(self, number: int, cells: dict[int, str]) -> None:
        """Search a row; ``cells`` by column from 0."""
        found = [(c, text) for c, text in cells.items() if len(text) >= 11]
        hits = [(c, text, one) for c, text in found for one in _candidates(text)]
        if not hits and self._is_header(cells):
            self._header = {c: text[:_LONGEST_LABEL] for c, text in cells.items()}
            self._judge.see_header(list(cells.values()))
        for column, text, one in hits:
            self._judge.judge(one, self._around(column, text, one, cells), number, column + 1)
        self._boxes(number, cells)

    def _is_header(self, cells: dict[int, str]) -> bool:
        if any(_LONG_RUN.search(text) for text in cells.values()):
            return False
        named = any(labels(text[:_LONGEST_LABEL]) for text in cells.values())
        return named or not self._header

    def _around(
        self, column: int, text: str, one: Candidate, cells: dict[int, str]
    ) -> Surroundings:
        before, after = text[max(one.start - _REACH, 0) : one.start], text[one.end : one.end + 80]
        alone = not (before + after).strip(_BLANK)
        header = self._header.get(column)
        beside = self._label_on_the_left(column, cells)
        if beside is not None and not (header is not None and says_my_number(header)):
            header = beside
        return Surroundings(
            before, after, header, ("column", str(column)), alone=alone, line=text[:_REACH]
        )

    def _label_on_the_left(self, column: int, cells: dict[int, str]) -> str | None:
        """The label of a field in a form: the next filled cell on the left."""
        left = max((c for c in cells if c < column), default=None)
        if left is None or len(cells[left]) > _LONGEST_LABEL:
            return None
        return cells[left] if says_my_number(cells[left]) else None

    def _boxes(self, number: int, cells: dict[int, str]) -> None:
        """Twelve boxes of one digit each, as on the printed form."""
        singles = sorted(c for c, text in cells.items() if len(text) == 1 and text.isdecimal())
        if len(singles) != _BOXES or singles[-1] - singles[0] > 2 * _BOXES:
            return
        labelled = any(says_my_number(text) for text in cells.values()) or any(
            says_my_number(text) for text in self._header.values()
        )
        for one in candidates("".join(cells[c] for c in singles)):
            around = Surroundings("", "", "個人番号", ("boxes",), alone=True)
            if labelled:
                self._judge.judge(one, around, number, singles[0] + 1)


def _candidates(text: str) -> list[Candidate]:
    plain = text if text.isascii() else INVISIBLE.sub("", text)
    return list(candidates(plain))
