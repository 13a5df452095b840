"""The configuration in force as TOML, each value with where it comes from."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel

from validator.config import DEFAULTS, Config, load_config
from validator.privacy.visible import visible

_FROM = {
    "ja": {"file": "設定ファイル", "default": "既定", "unset": "未設定"},
    "en": {"file": "file", "default": "default", "unset": "not set"},
}
_HEAD = {
    "ja": ("# 設定ファイル: {}\n", "# 設定ファイルなし(--config を付けずに実行したときの値)\n"),
    "en": ("# configuration: {}\n", "# no configuration (the values without --config)\n"),
}


def shown_config(path: Path | None, lang: str) -> str:
    """TOML that reads back as the same configuration; values that are not set are comments.

    UsageError where the file is unknown or wrong, names of rules and columns included.
    """
    config = load_config(path)
    refuse_unknown_names(config)
    given: Mapping[str, Any] = {}
    if path is not None:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    named, bare = _HEAD[lang]
    head = bare if path is None else named.format(visible(path.name))
    return head + "\n".join(_table(config, given, (), lang)) + "\n"


def refuse_unknown_names(config: Config) -> None:
    """UsageError for a rule or column that there is not, as the check would say."""
    if config.rules:
        from validator.rules.catalogue import configured_rules

        configured_rules(config.rule_overrides())
    if config.headers:
        from validator.batch.headers import site_headers
        from validator.forms.load import declared_forms

        site_headers(config.headers, declared_forms(config.forms.folder).vocabulary)


def _table(
    model: BaseModel, given: Mapping[str, Any], path: tuple[str, ...], lang: str
) -> Iterator[str]:
    """Plain values first, then the tables below, as TOML asks."""
    tables: list[tuple[str, Any]] = []
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel | dict):
            tables.append((name, value))
            continue
        yield _line(name, value, (*path, name), lang, written=name in given)
    for name, value in tables:
        inner = given.get(name, {})
        place = (*path, name)
        if isinstance(value, BaseModel):
            yield f"\n[{_dotted(place)}]"
            yield from _table(value, inner, place, lang)
        else:
            yield from _mapping(value, inner, place, lang)


def _mapping(
    values: Mapping[str, Any], given: Mapping[str, Any], path: tuple[str, ...], lang: str
) -> Iterator[str]:
    """A table whose keys the site chooses: ``[headers]``, ``[rules.CODE]``."""
    if not values:
        yield f"\n# [{_dotted(path)}]  # {_FROM[lang]['unset']}"
        return
    if not any(isinstance(value, BaseModel) for value in values.values()):
        yield f"\n[{_dotted(path)}]"
        for name, value in values.items():
            yield _line(name, value, (*path, name), lang, written=True)
        return
    for name, value in values.items():
        yield f"\n[{_dotted((*path, name))}]"
        yield from _table(value, given.get(name, {}), (*path, name), lang)


def _line(name: str, value: object, path: tuple[str, ...], lang: str, *, written: bool) -> str:
    words = _FROM[lang]
    if value is None and ".".join(path) in DEFAULTS:
        value = DEFAULTS[".".join(path)]
    if value is None:
        return f"# {_key(name)} =  # {words['unset']}"
    return f"{_key(name)} = {_toml(value)}  # {words['file' if written else 'default']}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    text = value.as_posix() if isinstance(value, PurePath) else str(value)
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    plain = name.replace("_", "").replace("-", "")
    return name if plain.isascii() and plain.isalnum() else _toml(name)


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(map(_key, path))
