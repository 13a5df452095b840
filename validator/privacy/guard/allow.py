"""``[guard] allow``: paths that may hold plaintext My Numbers, as patterns.

``*`` stands for anything within one folder, ``**`` for any number of folders, ``?`` for one
character; a pattern that ends in ``/`` or names a folder covers all below it. Patterns are relative
to the top of the repository (outside of git: to the current folder).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


class Allowed:
    """The patterns of one configuration."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        """``patterns`` as written in the configuration."""
        self.patterns = tuple(patterns)

    def __contains__(self, path: str) -> bool:
        """Whether a path (with ``/``, relative) is covered; one that leaves the folder never is."""
        parts = path.split("/")
        if path.startswith("/") or ".." in parts:
            return False
        plain = "/".join(part for part in parts if part not in ("", "."))
        return any(_pattern(one).fullmatch(plain) for one in self.patterns)


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    bare = glob.strip().removeprefix("./").strip("/")
    translated = []
    for part in bare.split("/"):
        if part == "**":
            translated.append("(?:[^/]+/)*")
            continue
        letters = "".join(
            "[^/]*" if c == "*" else "[^/]" if c == "?" else re.escape(c) for c in part
        )
        translated.append(letters + "/")
    text = "".join(translated)
    # A folder covers what is below it, so the last part may be followed by more.
    text = text.removesuffix("/") + "(?:/.*)?" if not text.endswith("*") else text + "[^/]+"
    return re.compile(text if bare else r"(?!)", re.DOTALL)
