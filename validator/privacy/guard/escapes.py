"""Characters that JSON and HTML write as numbers, read as what they are."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|&#(?:[xX]([0-9A-Fa-f]{2,6})|([0-9]{2,7}));")


def unescaped(text: str) -> str:
    r"""``text`` with \uXXXX and &#…; replaced; line breaks and what is no character stay."""
    if "\\u" not in text and "&#" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[3]) if found[3] else int(found[1] or found[2], 16)
    printable = code >= 0x20 and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF
    return chr(code) if printable else found[0]
