"""Reading plausibility: whether a kana name can be read from a kanji name.

Always a note, never an error: since 2025-05-26 any reading that is "generally accepted" may be
registered, and readings already in use may be kept.
"""

from validator.fields.reading.homophones import shared_readings
from validator.fields.reading.names import reading_tiers
from validator.fields.reading.split import part_tier, split_name
from validator.fields.reading.tiers import Tier

__all__ = ["Tier", "part_tier", "reading_tiers", "shared_readings", "split_name"]
