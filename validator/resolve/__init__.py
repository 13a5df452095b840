"""``validator resolve``: decisions of clerks out of a filled-in work list into the ledger."""

from validator.resolve.resolving import Outcome, Resolved, resolve_worklist

__all__ = ["Outcome", "Resolved", "resolve_worklist"]
