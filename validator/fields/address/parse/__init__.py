"""Split addresses into 都道府県, 市区町村, 町字, 番地 and 方書, whole columns at a time."""

from validator.fields.address.parse.addresses import (
    PARSED,
    parse_addresses,
    written_parts,
)

__all__ = ["PARSED", "parse_addresses", "written_parts"]
