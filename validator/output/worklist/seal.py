"""How a row of the work list proves, when it comes back, which run and which record it is.

The key says run, ledger, verdict and difference; the seal is a hash of the key and of everything
else in the row that a clerk may not change, with the secret of the ledger where the run had one.
Both are written in letters, so that no run of digits can look like part of a My Number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

_DIGITS, _LETTERS = "0123456789abcdef", "bcdfghjklmnpqrst"
_TO_LETTERS = str.maketrans(_DIGITS, _LETTERS)
_TO_DIGITS = str.maketrans(_LETTERS, _DIGITS)
_VERSION = "1"
_SEAL_LETTERS = 24
_NONE = "-"
BARE_NUMBER = r"^0*([0-9]+)(?:\.0+)?$"
"""A cell that a program which guesses types saves as 12 or 12.0, whatever it was: 012, 12."""
_FIELDS = 10


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row says of itself.

    ``ledger``: name of the ledger of the run, None without one; then the digests
    (`validator.hold.difference.digests`) are not yet keyed. ``clear``: what clearing takes.
    """

    ledger: str | None
    run: str
    as_of: date
    received: date | None
    verdict: str
    clear: str
    difference: str | None
    submitted: str | None
    holder: str | None

    def written(self) -> str:
        """As it stands in the hidden column."""
        digests = (
            d.translate(_TO_LETTERS) if d else _NONE
            for d in (self.difference, self.submitted, self.holder)
        )
        received = self.received.isoformat() if self.received else _NONE
        fields = (self.ledger or _NONE, self.run, self.as_of.isoformat(), received)
        return "/".join((_VERSION, *fields, self.verdict, self.clear, *digests))


def read_key(text: str) -> RowKey | None:
    """The key of a row; None if it is none."""
    version, *fields = text.strip().split("/")
    if version != _VERSION or len(fields) != _FIELDS - 1:
        return None
    ledger, run, as_of, received, verdict, clear, *digests = fields
    try:
        return RowKey(
            None if ledger == _NONE else ledger,
            run,
            date.fromisoformat(as_of),
            None if received == _NONE else date.fromisoformat(received),
            verdict,
            clear,
            *(None if d == _NONE else d.translate(_TO_DIGITS) for d in digests),
        )
    except ValueError:
        return None


def seal(cells: Sequence[str], keyed: Callable[[str], str] | None) -> str:
    """The seal of a row with these texts; ``keyed``: the keyed hash of the ledger, if there is one.

    Without a ledger it shows slips only: whoever knows this program can make one.
    """
    text = "\x1f".join(cells)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if keyed is not None:
        digest = keyed(f"row:{digest}")
    return digest[:_SEAL_LETTERS].translate(_TO_LETTERS)
