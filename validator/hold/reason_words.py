"""What messages may say of a reason that a clerk has written: words of the trade, never a name."""

from __future__ import annotations

import re
from functools import cache

from validator.hold.reasons import OTHER, fold, proofs_in
from validator.resources import load_toml

_LONGEST = 60  # a longer one is a story, not a reason
_SIGNS = r"[、。・,.:/()「」\-]"


def public_reason(code: str, words: str | None) -> str:
    """``code`` (schemas/codes/clearances.toml), or a text that may stand in any message.

    ``words``: what was written beyond the label of the code. Repeated as it is where it is made of
    the table's words alone; otherwise what it proves the person with, in Japanese, or the code.
    """
    if words is None:
        return code
    if len(words) <= _LONGEST and _plain().fullmatch(fold(words)):
        return words
    named = proofs_in(words) if code == OTHER else ()
    return "、".join(named) or code


@cache
def _plain() -> re.Pattern[str]:
    table = load_toml("codes/clearances.toml")["shown"]
    words = "|".join(re.escape(fold(w)) for w in sorted(table["words"], key=len, reverse=True))
    between = "|".join(re.escape(word) for word in table["between"])
    return re.compile(rf"(?:{words}|(?:{between})(?![ぁ-ゖ])|{_SIGNS})+")
