"""Dates as people write them: birth dates and the dates of events."""

from validator.fields.birth_date.columns import date_columns, date_map, written_map
from validator.fields.birth_date.parse import DateState, ParsedDate, parse_date

__all__ = ["DateState", "ParsedDate", "date_columns", "date_map", "parse_date", "written_map"]
