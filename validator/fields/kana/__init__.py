"""カナ氏名: shape and comparison ladder."""

from validator.fields.kana.ladder import KANA_RUNGS, kana_key, kana_long_keys
from validator.fields.kana.shape import KanaState, kana_state

__all__ = ["KANA_RUNGS", "KanaState", "kana_key", "kana_long_keys", "kana_state"]
