"""What is wrong with a configuration, in words: the key, and what belongs there. Never a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

# Beginning of pydantic's kind of error → what belongs there.
_WANTED = (
    ("int_", "整数", "a whole number"),
    ("float_", "数", "a number"),
    ("bool_", "true か false", "true or false"),
    ("string_", "文字列", 'a text in "..."'),
    ("path_", "文字列", 'a text in "..."'),
    ("tuple_", "[...] の並び", "a list in [...]"),
    ("dict_", "[...] の見出しを持つ表", "a table"),
    ("model_", "[...] の見出しを持つ表", "a table"),
)
_BOUNDS = {
    "greater_than_equal": ("ge", "{} 以上", "{} or more"),
    "greater_than": ("gt", "{} より大きい数", "more than {}"),
    "less_than_equal": ("le", "{} 以下", "{} or less"),
    "less_than": ("lt", "{} より小さい数", "less than {}"),
}


def described(model: type[BaseModel], errors: Sequence[ErrorDetails]) -> tuple[str, str]:
    """Japanese and English: up to five keys, each with its remedy where one is known."""
    told: dict[tuple[str, str], None] = {}
    for error in sorted(errors, key=lambda one: tuple(map(str, one["loc"]))):
        key = ".".join(map(str, error["loc"]))
        ja, en = _remedy(model, error)
        told[f"{key}({ja})" if ja else key, f"{key} ({en})" if en else key] = None
    pairs = list(told)[:5]
    return "、".join(ja for ja, _ in pairs), ", ".join(en for _, en in pairs)


def _remedy(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        near = nearest(str(error["loc"][-1]), _keys(model, error["loc"][:-1]))
        return (f"{near} のことですか", f"do you mean {near}?") if near else ("ない項目", "unknown")
    if kind == "literal_error":
        return f"{context['expected']} のどれか", f"one of {context['expected']}"
    if kind == "value_error":
        # Our own words (validator.config).
        return "off には reason(理由)が要ります", "off needs a reason"
    return _wanted(kind, context)


def _wanted(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind in _BOUNDS:
        name, ja, en = _BOUNDS[kind]
        return ja.format(context[name]), en.format(context[name])
    for prefix, ja, en in _WANTED:
        if kind.startswith(prefix):
            return ja, en
    return "", ""


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that ``word`` is probably a slip of."""
    lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), list(lower), n=1, cutoff=0.6)
    return lower[found[0]] if found else None


def _keys(model: type[BaseModel], place: Sequence[int | str]) -> list[str]:
    """The keys of the table at ``place``."""
    kind: Any = model
    for part in place:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(part))
            kind = field.annotation if field is not None else None
        else:
            # A table whose keys the site chooses: what its values are.
            kind = next(iter(get_args(kind)[1:]), None)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []
