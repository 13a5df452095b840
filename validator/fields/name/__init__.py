"""漢字氏名: comparison ladder and the explanation of what is left unequal."""

from validator.fields.name.compare import compare_name_pairs
from validator.fields.name.ladder import KANJI_RUNGS, kanji_key

__all__ = ["KANJI_RUNGS", "compare_name_pairs", "kanji_key"]
