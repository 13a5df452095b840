"""Two addresses: the same place, the same but for something, or another."""

from validator.fields.address.compare.pairs import FORMS, compare_address_pairs

__all__ = ["FORMS", "compare_address_pairs"]
