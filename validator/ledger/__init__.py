"""What stays between runs (``--state DIR``): clearances, decisions, history."""

from validator.ledger.store import Ledger, Part, open_ledger

__all__ = ["Ledger", "Part", "open_ledger"]
