"""A sign that stands for a character which a system could not show (● 〓 □ ? or private use)."""

from __future__ import annotations

import re
from collections.abc import Callable

from validator.fields.name.characters import (
    PLACEHOLDER_PATTERN,
    in_jis_x_0208,
    is_placeholder,
)

_PLACEHOLDER = re.compile(PLACEHOLDER_PATTERN)
GAIJI, UNEXPLAINED = "GAIJI", "PLACEHOLDER_UNEXPLAINED"


def has_one(*texts: str) -> bool:
    """Whether any of ``texts`` holds a placeholder."""
    return any(_PLACEHOLDER.search(text) for text in texts)


def explained(
    key_a: str,
    key_b: str,
    written_b: str,
    *,
    same: Callable[[str, str], bool],
    rest_fine: bool,
) -> bool:
    """Contract section 3: exactly one placeholder, and the other side tells what it stands for.

    ``key_*`` are folded texts, ``written_b`` the registry's characters as written (all without
    spaces). In the submitted name (``a``) it must stand for one character that the registry has
    outside JIS X 0208; on the registry's side it is enough that everything else agrees.
    """
    places_a = [i for i, c in enumerate(key_a) if is_placeholder(c)]
    places_b = [i for i, c in enumerate(key_b) if is_placeholder(c)]
    if len(places_a) + len(places_b) != 1 or not rest_fine or len(key_a) != len(key_b):
        return False
    place = (places_a or places_b)[0]
    if not same(key_a[:place], key_b[:place]) or not same(key_a[place + 1 :], key_b[place + 1 :]):
        return False
    if places_b:
        return True
    # The registry's own character decides, not the form it is folded to.
    return len(written_b) == len(key_b) and not in_jis_x_0208(written_b[place])
