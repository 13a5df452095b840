"""Text that is safe on a terminal, in a log line and in a report.

Light on purpose: the last net of the command line needs it when nothing else can be imported.
"""

from __future__ import annotations

import re
import unicodedata

BLOT = "●" * 12
_TWELVE = re.compile(r"(?<!\d)(\d{4})([-_ ]?)(\d{4})\2(\d{4})(?!\d)")
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def visible(text: str) -> str:
    r"""``text`` with control, format, private-use and no characters written as ``\uXXXX``.

    A file name can hold escape sequences, line breaks or bidi controls; none reaches a screen,
    and no My Number either.
    """
    shown = "".join(f"\\u{ord(c):04x}" if _hidden(c) else c for c in text)
    return mask_text(shown)


def _hidden(char: str) -> bool:
    # U+FFFE, U+FFFF and their like on other planes are no characters; XML has no place for them.
    return unicodedata.category(char) in _HIDDEN or ord(char) & 0xFFFE == 0xFFFE


def mask_text(text: str) -> str:
    r"""``text`` with every twelve digits whose check digit fits replaced by `BLOT`.

    Only a fitting check digit counts (平成26年総務省令第85号 第5条): names of files often hold a
    date and a time.
    """
    return _TWELVE.sub(_blot, text)


def _blot(match: re.Match[str]) -> str:
    digits = [int(c) for c in "".join(match.group(1, 3, 4))]
    rest = sum(d * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    return BLOT if digits[11] == (0 if rest <= 1 else 11 - rest) else match.group()
