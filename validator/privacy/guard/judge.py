"""One candidate with its surroundings: refused at once, or laid before the evidence of its file."""

from __future__ import annotations

from dataclasses import dataclass

from validator.privacy.guard.chains import Candidate, is_formula, looks_like_time
from validator.privacy.guard.evidence import Evidence, Place, Reason, Weight
from validator.privacy.guard.surroundings import (
    Reading,
    Surroundings,
    follows_label_directly,
    weigh,
)
from validator.privacy.guard.words import folded, says_my_number

_SYNTHETIC = "synthetic"


@dataclass
class Judge:
    """Lays the candidates of one text before ``evidence``.

    ``for_tests``: the file stands in a folder of tests. There, a table with a column SYNTHETIC may
    hold numbers whose check digit is wrong.
    """

    evidence: Evidence
    reading: Reading
    member: str = ""
    for_tests: bool = False
    synthetic: bool = False

    def see_header(self, cells: list[str]) -> None:
        """The header of a table: it may say that its people are made up."""
        self.synthetic = self.for_tests and any(folded(cell) == _SYNTHETIC for cell in cells)

    def judge(self, one: Candidate, around: Surroundings, line: int, column: int) -> None:
        """Refuse it, count it, or leave it alone."""
        weight, group = weigh(one, around, self.reading)
        place = Place(self.member, line, column)
        if weight == Weight.FIELD:
            if one.fits or self._is_refused_unfit(one, around):
                self.evidence.refuse(place, Reason.FIELD)
        elif len(one.digits) == 12 and not is_formula(one.digits):
            self.evidence.add(
                one.digits, place, fits=one.fits, weight=weight, group=(self.member, *group)
            )

    def _is_refused_unfit(self, one: Candidate, around: Surroundings) -> bool:
        """In a field of data a mistyped number counts too, whatever its check digit."""
        if self.reading != Reading.DATA or self.synthetic or len(set(one.digits)) == 1:
            return False
        if one.shape == "spread":
            return False
        if around.header is not None and says_my_number(around.header) and around.alone:
            # 個人番号又は法人番号: thirteen digits are the number of a company.
            return not (len(one.digits) == 13 and "法人" in around.header)
        return (
            one.shape != "odd"
            and not looks_like_time(one.digits)
            and follows_label_directly(around)
        )
