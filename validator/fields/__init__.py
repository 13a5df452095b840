"""The five items and the number, a room for each: normalise, compare, their data."""
