"""Marks that a folded address carries beside its characters.

Folding changes lengths (十一 becomes 11, 丁目 becomes a hyphen, spaces go), and nothing of what was
written may be lost. So each folded text keeps account: a `DROPPED` mark stands for a written
character that the key does not have, an `ADDED` mark for a key character that nobody wrote.
Counting marks turns a place in the key into a place in the written text. All are Unicode
noncharacters, which no text may use for interchange.
"""

from __future__ import annotations

DROPPED = "\ufdd0"
ADDED = "\ufdd1"
# Where a number ends though a numeral follows: 3三田ハイツ is not 33田ハイツ.
BORDER = "\ufdd2"
# A space or comma between two numbers: 2-27 301.
GAP = "\ufdd3"
ALL = f"{DROPPED}{ADDED}{BORDER}{GAP}"
UNCOUNTED = f"{DROPPED}{ADDED}"
