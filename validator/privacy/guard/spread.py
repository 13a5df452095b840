"""Numbers whose groups or digits stand in cells, lines or elements of their own.

Such a sequence is often something else, so it counts beside a word for My Numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.privacy.guard.chains import Candidate, ascii_digits

_GAP = r"""(?:[\s,，、。;；:：/／|｜=＝"'.\-‐－]|<[^<>\n]{0,80}>){1,40}"""
_FOURS = re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_SINGLES = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{11,40}}(?!\d)")
_BOXES = 12
_TAG = re.compile(r"<[^<>]*>")


def spread(text: str) -> Iterator[Candidate]:
    """Three groups of four, or twelve single digits, however far apart; in order."""
    found = [_candidate(run.start(), run[0]) for run in _FOURS.finditer(text)]
    for run in _SINGLES.finditer(text):
        # Other boxes may stand before and behind: every twelve in a row are looked at.
        tagless = _TAG.sub(lambda tag: " " * len(tag[0]), run[0])
        places = [n for n, character in enumerate(tagless) if character.isdecimal()]
        for first, last in zip(places, places[_BOXES - 1 :], strict=False):
            found.append(_candidate(run.start() + first, run[0][first : last + 1]))
    yield from sorted(found, key=lambda one: one.start)


def _candidate(start: int, text: str) -> Candidate:
    digits = "".join(c for c in _TAG.sub("", text) if c.isdecimal())
    return Candidate(start, start + len(text), ascii_digits(digits), "spread")
