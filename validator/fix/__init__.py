"""Safe notation fixes: what is read with certainty is written as it is read; nothing else changes.

A fix never decides anything. Where two readings are possible the value stays, and the check says
what is wrong with it.
"""

from validator.fix.run import Fixed, fix_bytes

__all__ = ["Fixed", "fix_bytes"]
