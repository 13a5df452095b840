"""Text that is safe on a terminal and in a log line."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """``text`` with every control, format and private-use character written as ``\\uXXXX``.

    A file name can hold escape sequences, line breaks or bidi controls; none reaches a screen.
    """
    return "".join(
        c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} else f"\\u{ord(c):04x}"
        for c in text
    )
