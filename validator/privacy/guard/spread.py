"""Numbers whose groups or digits stand in cells, lines or elements of their own.

Such a sequence is often something else, so it counts beside a word for My Numbers only, and only
where its check digit fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from validator.privacy.guard.chains import Candidate, ascii_digits, fits

_GAP = r"""(?:[\s,，、。;；:：/／|｜=＝"'.\-‐－]|<[^<>\n]{0,80}>){1,40}"""
_FOURS = re.compile(rf"(?<!\d)\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_SINGLES = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{11,400}}(?!\d)")
_BOXES = 12
# Twelve in a row that are looked at in one piece of text: a matrix of digits must not take hours.
_MOST_WINDOWS = 20_000
_TAG = re.compile(r"<[^<>]*>")


def spread(text: str) -> Iterator[Candidate]:
    """Three groups of four, or twelve single digits, however far apart; in order."""
    fours = ((run.start(), run[0]) for run in _FOURS.finditer(text))
    found = [_candidate(start, whole) for start, whole in chain(fours, _boxes(text))]
    yield from sorted((one for one in found if fits(one.digits)), key=lambda one: one.start)


def _boxes(text: str) -> Iterator[tuple[int, str]]:
    """Every twelve digits in a row: other boxes may stand before and behind."""
    windows = (
        (run.start() + first, run[0][first : last + 1])
        for run in _SINGLES.finditer(text)
        for first, last in _spans(run[0])
    )
    return islice(windows, _MOST_WINDOWS)


def _spans(run: str) -> Iterator[tuple[int, int]]:
    tagless = _TAG.sub(lambda tag: " " * len(tag[0]), run)
    places = [n for n, character in enumerate(tagless) if character.isdecimal()]
    return zip(places, places[_BOXES - 1 :], strict=False)


def _candidate(start: int, text: str) -> Candidate:
    digits = "".join(c for c in _TAG.sub("", text) if c.isdecimal())
    return Candidate(start, start + len(text), ascii_digits(digits), "spread")
