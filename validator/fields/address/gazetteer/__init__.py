"""The gazetteer: municipalities with every way of naming them, towns, 丁目 and 小字."""

from validator.fields.address.gazetteer.store import Gazetteer, Towns, load_gazetteer

__all__ = ["Gazetteer", "Towns", "load_gazetteer"]
