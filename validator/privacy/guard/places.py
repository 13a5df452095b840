"""Where the guard searches: files, the git index, what is added to it, what is pushed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from validator import git
from validator.privacy.guard.allow import Allowed
from validator.privacy.guard.blob import MOST_IN_MEMORY, RefusedError, of_bytes, read_limited
from validator.privacy.guard.evidence import Finding, Place, Reason
from validator.privacy.guard.files import all_below, own_name, search_file
from validator.privacy.guard.names import name_holds_number
from validator.privacy.guard.report import Found
from validator.privacy.guard.search import search

CONFIG_NAME = "validator.toml"
STDIN = "-"


def in_files(paths: Sequence[str], *, config: Path | None, strict: bool) -> list[Found]:
    """Search files and folders, ``-`` for stdin; the configuration of the current folder counts."""
    allowed = _allowed(config, config_beside)
    return [
        Found("stdin" if path == STDIN else path, finding)
        for path in all_below(paths)
        if own_name(path) not in allowed
        for finding in (
            _search_stdin(strict) if path == STDIN else search_file(path, strict=strict)
        )
    ]


def _search_stdin(strict: bool) -> list[Finding]:
    try:
        data = read_limited(sys.stdin.buffer, MOST_IN_MEMORY)
    except RefusedError as refused:
        return [Finding(Place(), refused.reason)]
    return search(of_bytes("stdin", data), strict=strict)


def in_index(paths: Sequence[str], *, config: Path | None, strict: bool) -> list[Found]:
    """Search what is staged: these paths, or all that differ from HEAD; and the branch's name.

    The configuration is read from the index too: what is only in the work tree allows nothing.
    """
    git.top()
    allowed = _allowed(config, lambda: git.index_text(CONFIG_NAME))
    entries = git.in_index(paths) if paths else git.staged()
    found = _search_entries([e for e in entries if e.path not in allowed], strict=strict)
    branch = git.branch()
    return [*found, *_named(branch, [branch])]


def in_filter(name: str, data: bytes, *, config: Path | None, strict: bool) -> list[Found]:
    """Search what git is about to store under ``name``."""
    if name in _allowed(config, config_beside):
        return []
    return [Found(name, one) for one in search(of_bytes(name, data), strict=strict)]


def in_push(lines: Iterable[str], *, config: Path | None, strict: bool) -> list[Found]:
    """Search everything that a push brings: files, messages of commits and tags, names of refs."""
    allowed = _allowed(config, lambda: None)
    found: list[Found] = []
    for ref, entries, messages in git.pushed(lines):
        found += _named(ref, [re.sub("^refs/[a-z]+/", "", ref)])
        found += _search_entries([e for e in entries if e.path not in allowed], strict=strict)
        for object_id, data in zip(messages, git.contents(messages), strict=True):
            told = search(of_bytes("message", data or b""))
            found += [Found(f"commit {object_id[:10]}", one) for one in told]
    return found


def _search_entries(entries: list[git.Entry], *, strict: bool) -> list[Found]:
    found = []
    for entry, data in zip(entries, git.contents(e.object_id for e in entries), strict=True):
        path = entry.path or f"blob {entry.object_id[:10]}"
        if data is None:
            found.append(Found(path, Finding(Place(), Reason.TOO_LARGE), entry.new))
            continue
        if entry.link:
            found += _named(path, [entry.path, data.decode("utf-8", "replace")])
            continue
        told = search(of_bytes(entry.path, data), strict=strict)
        found += [Found(path, finding, entry.new) for finding in told]
    return found


def _named(shown: str, names: Iterable[str]) -> list[Found]:
    """A finding where one of the names holds a number."""
    holds = any(map(name_holds_number, names))
    return [Found(shown, Finding(Place(), Reason.FILE_NAME))] if holds else []


def config_beside() -> str | None:
    """The text of the current folder's ``validator.toml``, if there is one."""
    try:
        return Path(CONFIG_NAME).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _allowed(config: Path | None, find: Callable[[], str | None]) -> Allowed:
    """The patterns of ``config``, or of the text that ``find`` gives."""
    if config is not None:
        from validator.config import load_config

        return Allowed(load_config(config).guard.allow)
    text = find()
    if text is None:
        return Allowed()
    from validator.config import parse_config

    return Allowed(parse_config(text, CONFIG_NAME).guard.allow)
