"""``manifest.json`` of a built registry: what it holds, and how to tell that it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from validator.errors import RegistryError
from validator.output.staging import open_private
from validator.registry.model import RegistryInfo

MANIFEST = "manifest.json"
FORMAT = "shikaku-validator-registry"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class FileEntry:
    """A data file. ``mtime_ns`` spares hashing an untouched file at every start."""

    name: str
    size_bytes: int
    sha256: str
    mtime_ns: int
    rows: int


@dataclass(frozen=True)
class Manifest:
    """Holds no personal value.

    ``normal_forms`` is the fingerprint of the normal forms that are stored, ``forms_code`` the
    hash of the code that made them (`validator.registry.normal_forms`); ``columns`` name → type.
    """

    info: RegistryInfo
    rows_read: int
    sources: tuple[dict[str, Any], ...]
    columns: dict[str, str]
    normal_forms: str
    forms_code: str
    holders: tuple[FileEntry, ...]
    others: tuple[FileEntry, ...]


def describe(path: Path, rows: int) -> FileEntry:
    """The entry for a file just written."""
    state = path.stat()
    return FileEntry(path.name, state.st_size, _sha256(path), state.st_mtime_ns, rows)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it last: a folder without one is no registry."""
    content: dict[str, Any] = asdict(manifest)
    content["info"]["as_of"] = manifest.info.as_of.isoformat() if manifest.info.as_of else None
    content = {"format": FORMAT, "format_version": FORMAT_VERSION} | content
    with open_private(folder / MANIFEST) as out:
        out.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read it and see that every file is there, unchanged. RegistryError (4) otherwise."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes().decode("utf-8"))
        if content["format"] != FORMAT:
            raise damaged(folder)
        if content["format_version"] != FORMAT_VERSION:
            raise outdated(folder)
        info = content["info"]
        info["as_of"] = date.fromisoformat(info["as_of"]) if info["as_of"] else None
        manifest = Manifest(
            info=RegistryInfo(**info),
            rows_read=content["rows_read"],
            sources=tuple(content["sources"]),
            columns=content["columns"],
            normal_forms=content["normal_forms"],
            forms_code=content["forms_code"],
            holders=tuple(FileEntry(**entry) for entry in content["holders"]),
            others=tuple(FileEntry(**entry) for entry in content["others"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise damaged(folder) from None
    for entry in (*manifest.holders, *manifest.others):
        _refuse_changed(folder, entry)
    return manifest


def _refuse_changed(folder: Path, entry: FileEntry) -> None:
    path = folder / entry.name
    try:
        state = path.stat()
        if path.name != entry.name or state.st_size != entry.size_bytes:
            raise damaged(folder)
        if state.st_mtime_ns != entry.mtime_ns and _sha256(path) != entry.sha256:
            raise damaged(folder)
    except (OSError, TypeError, ValueError):
        raise damaged(folder) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def damaged(folder: Path) -> RegistryError:
    """Files are missing, cut or changed."""
    return RegistryError(
        "構築済みの住民票データが壊れています。validator registry build でもう一度作ってください。",
        "the built registry is damaged: build it again (validator registry build).",
        file=folder.name,
    )


def outdated(folder: Path) -> RegistryError:
    """Built by a program whose form of storage or whose normal forms differ."""
    return RegistryError(
        "この住民票データは別の版のプログラムで作られています。"
        "validator registry build でもう一度作ってください。",
        "this registry was built by another version of the program: build it again "
        "(validator registry build).",
        file=folder.name,
    )
