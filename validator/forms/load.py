"""The ten forms, read from ``schemas/forms/`` and, if a site has its own, from its folder.

Nothing here is global but the cached default: a `Forms` is passed to whoever needs it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from validator.errors import UsageError
from validator.forms.declarations import (
    Column,
    ColumnsFile,
    CommonFile,
    FieldPatch,
    Form,
    FormFile,
    SiteColumnsFile,
    SiteFormFile,
)
from validator.forms.vocabulary import SITE_PREFIX, Vocabulary, fold
from validator.resources import schemas_dir

_Model = TypeVar("_Model", bound=BaseModel)
_COMMON, _COLUMNS = "common", "columns"


@dataclass(frozen=True)
class Forms:
    """The vocabulary of columns and the forms; a form is read when somebody asks for it."""

    vocabulary: Vocabulary
    names: tuple[str, ...]
    folder: Path
    site: Mapping[str, SiteFormFile] = field(default_factory=dict)
    site_columns: frozenset[str] = frozenset()
    _read: dict[str, Form] = field(default_factory=dict, compare=False, repr=False)

    def form(self, name: str) -> Form:
        """The form with this English name; KeyError where there is none."""
        if name not in self.names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._resolved(name)
        return self._read[name]

    def all(self) -> tuple[Form, ...]:
        """All forms, in the order of the contract."""
        return tuple(self.form(name) for name in self.names)

    def named(self, text: str) -> Form | None:
        """The form with this English or Japanese name, as people write it."""
        wanted = fold(text)
        for name in self.names:
            if fold(name) == wanted:
                return self.form(name)
        for form in self.all():
            if wanted in map(fold, form.ja):
                return form
        return None

    def _resolved(self, name: str) -> Form:
        file = f"{name}.toml"
        ours = _validated(FormFile, _toml(self.folder / file), file)
        common = _by_column(_common(self.folder).field)
        for_all = self.site.get(_COMMON, SiteFormFile())
        own = self.site.get(name, SiteFormFile())
        added = _by_column(for_all.field)
        fields = {
            column: common.get(column, {}) | said for column, said in _by_column(ours.field).items()
        }
        for column in fields.keys() & added.keys():
            fields[column] |= added[column] | {"site": True}
        for column, said in added.items():
            # A site's own column for all forms; one of ours only where the form has it.
            if column.startswith(SITE_PREFIX):
                fields.setdefault(column, said | {"site": True})
        for column, said in _by_column(own.field).items():
            fields[column] = fields.get(column, common.get(column, {})) | said | {"site": True}
        header = ours.model_dump(exclude={"version", "field"})
        header["ja"] = [*header["ja"], *own.ja]
        form = _validated(Form, {**header, "field": list(fields.values())}, file)
        self._refuse_unknown_columns(form)
        return form

    def _refuse_unknown_columns(self, form: Form) -> None:
        known = set(self.vocabulary.names)
        named = [f.column for f in form.field]
        named += [f.when.column for f in form.field if f.when is not None]
        unknown = [f"field[{column}].column" for column in named if column not in known]
        if unknown:
            raise _wrong(unknown, f"{form.name}.toml")


@cache
def default_forms() -> Forms:
    """Our ten forms without any site's."""
    return load_forms(None)


def declared_forms(site_folder: Path | None) -> Forms:
    """The forms of a configuration: the cached default, or with a site's folder over it."""
    return default_forms() if site_folder is None else load_forms(site_folder)


def load_forms(site_folder: Path | None) -> Forms:
    """Our forms, with the files of ``site_folder`` over them.

    Raises UsageError naming file and key for an unknown or wrong key, a column without its
    prefix, a header that two columns have, or a file that is no form.
    """
    folder = schemas_dir() / "forms"
    ours = _validated(ColumnsFile, _toml(folder / "columns.toml"), "columns.toml")
    if site_folder is None:
        return Forms(_vocabulary(ours, ()), ours.forms, folder)
    own_columns, site = _site_files(site_folder, ours)
    forms = Forms(
        _vocabulary(ours, own_columns),
        ours.forms,
        folder,
        site,
        frozenset(c.name for c in own_columns if c.name.startswith(SITE_PREFIX)),
    )
    doubled = forms.vocabulary.doubled_headers()
    if doubled:
        raise _wrong([f"column[{name}].ja" for name in doubled], "columns.toml")
    forms.all()
    return forms


def _site_files(
    folder: Path, ours: ColumnsFile
) -> tuple[tuple[Column, ...], dict[str, SiteFormFile]]:
    if not folder.is_dir():
        raise UsageError(
            "設定 [forms] folder のフォルダーがありません。パスを確認してください。",
            "the folder named by [forms] folder does not exist; check the path",
        )
    columns: tuple[Column, ...] = ()
    forms: dict[str, SiteFormFile] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem == _COLUMNS:
            columns = _validated(SiteColumnsFile, _toml(path), path.name).column
            ours_named = {column.name for column in ours.column}
            odd = [
                f"column[{c.name}].name"
                for c in columns
                if c.name not in ours_named and not c.name.startswith(SITE_PREFIX)
            ]
            if odd:
                raise _wrong(odd, path.name)
            continue
        declared = _validated(SiteFormFile, _toml(path), path.name)
        if path.stem != _COMMON and path.stem not in ours.forms:
            raise _wrong(["(file name)"], path.name)
        if declared.name not in (None, path.stem):
            raise _wrong(["name"], path.name)
        forms[path.stem] = declared
    return columns, forms


def _vocabulary(ours: ColumnsFile, site: Iterable[Column]) -> Vocabulary:
    columns = {column.name: column for column in ours.column}
    for column in site:
        known = columns.get(column.name)
        if known is not None:
            ja = tuple(dict.fromkeys([*known.ja, *column.ja]))
            column = known.model_copy(update={"ja": ja})  # noqa: PLW2901 (the merged one)
        columns[column.name] = column
    return Vocabulary(tuple(columns.values()), ours.required)


@cache
def _common(folder: Path) -> CommonFile:
    return _validated(CommonFile, _toml(folder / "common.toml"), "common.toml")


def _by_column(fields: Iterable[FieldPatch]) -> dict[str, dict[str, Any]]:
    return {f.column: f.model_dump(exclude_none=True) for f in fields}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise UsageError(
            "届書の定義ファイルを読めません。TOML(UTF-8)として正しいか確認してください。",
            "the form declaration cannot be read: is it TOML in UTF-8?",
            file=path.name,
        ) from None


def _validated(model: type[_Model], declared: dict[str, Any], file: str) -> _Model:
    try:
        checked = model.model_validate(declared)
    except ValidationError as problem:
        places = [e["loc"] for e in problem.errors(include_input=False)]
        raise _wrong([_key(place, declared) for place in places], file) from None
    repeated = _repeated(declared)
    if repeated:
        raise _wrong(repeated, file)
    return checked


def _repeated(declared: dict[str, Any]) -> list[str]:
    found = []
    for table, key in (("field", "column"), ("column", "name")):
        names = [entry[key] for entry in declared.get(table, ())]
        found += [f"{table}[{n}]" for n in dict.fromkeys(names) if names.count(n) > 1]
    return found


def _key(place: tuple[str | int, ...], declared: dict[str, Any]) -> str:
    """``field[lost_on].required`` for ("field", 3, "required")."""
    text = ""
    here: Any = declared
    for step in place:
        if isinstance(step, int):
            here = here[step] if isinstance(here, (list, tuple)) and step < len(here) else {}
            named = (here.get("column") or here.get("name")) if isinstance(here, dict) else None
            text += f"[{named if isinstance(named, str) else step + 1}]"
        else:
            here = here.get(step, {}) if isinstance(here, dict) else {}
            text += f".{step}" if text else step
    return text or "(file)"


def _wrong(keys: list[str], file: str) -> UsageError:
    shown = ", ".join(dict.fromkeys(keys[:5]))
    return UsageError(
        f"届書の定義の次の項目が正しくありません: {shown}。"
        "docs/forms/README.md の書き方を確認してください。",
        f"these keys of the form declaration are unknown or wrong: {shown}; see"
        " docs/forms/README.md",
        file=file,
    )
