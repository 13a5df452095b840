"""Numbers in the names of files, members, branches; and names that may be shown."""

from __future__ import annotations

from validator.privacy.guard.chains import (
    INVISIBLE,
    candidates,
    looks_like_list,
    looks_like_phone,
    looks_like_time,
)
from validator.privacy.guard.evidence import Evidence, Place, Reason
from validator.privacy.guard.words import labels, says_other
from validator.privacy.visible import BLOT, visible


def search_name(name: str, evidence: Evidence, member: str = "") -> None:
    """Refuse a name with a My Number in it; a day with a time is none."""
    if name_holds_number(name):
        evidence.refuse(Place(member), Reason.FILE_NAME)


def name_holds_number(name: str) -> bool:
    """Whether a My Number stands in ``name``."""
    plain = INVISIBLE.sub("", name)
    named = bool(labels(plain))
    for one in candidates(plain):
        beside = plain[max(one.start - 1, 0) : one.start] + plain[one.end : one.end + 1]
        in_word = any(c.isascii() and c.isalpha() for c in beside)
        doubtful = (
            one.shape == "odd"
            or in_word
            or looks_like_time(one.digits)
            or (one.shape == "solid" and looks_like_phone(one.digits))
            or (one.shape == "fours" and looks_like_list(one.digits))
            or says_other(plain)
        )
        if one.fits and (named or not doubtful):
            return True
    return False


def shown_name(name: str) -> str:
    """``name`` for a screen: nothing that a terminal acts on, no number whole or in groups."""
    plain = INVISIBLE.sub("", name)
    parts, at = [], 0
    for one in candidates(plain):
        if not looks_like_time(one.digits):
            parts += [plain[at : one.start], BLOT]
            at = one.end
    return visible("".join([*parts, plain[at:]]))
