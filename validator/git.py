"""What stands in a git repository: the index, and the objects that a push brings.

The work tree is never read: what is committed is what was added, not what lies in the folder now.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from validator.errors import UsageError

_LINK, _SUBMODULE = "120000", "160000"
# A blob beyond this is not taken into memory.
MOST_BLOB = 1 << 30


@dataclass(frozen=True)
class Entry:
    """A file as git has it.

    ``path`` with ``/`` from the top; ``new``: HEAD does not have it; ``link``: a symbolic link, its
    contents are where it leads.
    """

    path: str
    object_id: str
    new: bool = False
    link: bool = False


def top() -> str:
    """The folder at the top of this repository; UsageError where there is none."""
    found = _git("rev-parse", "--show-toplevel")
    if found is None:
        raise UsageError(
            "git のリポジトリではありません(または git がありません)。"
            "リポジトリの中で実行してください。",
            "this is no git repository, or git is missing: run it inside a repository.",
        )
    return _text(found).rstrip("\n")


def staged() -> list[Entry]:
    """All files that the index has otherwise than HEAD; deleted ones are left out."""
    against = "HEAD" if _git("rev-parse", "-q", "--verify", "HEAD") else _empty_tree()
    raw = _need(
        "diff-index", "--cached", "--raw", "-z", "-r", "--no-renames", "--no-abbrev", against
    )
    return list(_raw_entries(raw))


def in_index(paths: Iterable[str]) -> list[Entry]:
    """These files and folders as the index has them; UsageError for a path that it does not have.

    Paths are relative to the current folder.
    """
    prefix = _text(_need("rev-parse", "--show-prefix")).rstrip("\n")
    wanted = {os.path.normpath(f"{prefix}{path}").rstrip("/") for path in paths}
    missing = set(wanted) - {"."}
    added = {entry.path for entry in staged() if entry.new}
    found = []
    for line in _text(_need("ls-files", "--stage", "-z", "--full-name", ":/")).split("\0"):
        head, _, path = line.partition("\t")
        covering = {path, *_folders(path)} & wanted if path else set()
        if not covering and "." not in wanted:
            continue
        missing -= covering
        if path and head.split(" ")[0] != _SUBMODULE:
            mode, object_id, _ = head.split(" ")
            found.append(Entry(path, object_id, path in added, mode == _LINK))
    if missing:
        raise UsageError(
            "git の索引(index)にないファイルが指定されています。git add してから実行してください。",
            "a file is named that the git index does not have: git add it first.",
        )
    return found


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def branch() -> str:
    """The branch that is checked out, or nothing."""
    return _text(_git("symbolic-ref", "-q", "--short", "HEAD") or b"").strip()


def index_text(path: str) -> str | None:
    """A file of the index, from the top of the repository; None where it is not there."""
    found = _git("cat-file", "blob", f":{path}")
    return None if found is None else found.decode("utf-8", "replace")


def pushed(lines: Iterable[str]) -> Iterator[tuple[str, list[Entry], list[str]]]:
    """What each ref of a push brings: its name, files of new commits, ids of commits and tags.

    ``lines``: "old new ref" as git gives them to a pre-receive hook. Objects that a branch or tag
    already has are not looked at again.
    """
    for line in lines:
        parts = line.split(None, 2)
        if len(parts) != 3:
            raise UsageError(
                "pre-receive の入力(旧 新 参照名)が読み取れません。"
                "git のフックとして実行してください。",
                "the input of pre-receive (old new ref) cannot be read: run it as a git hook.",
            )
        _, new, ref = parts
        if set(new) == {"0"}:
            yield ref.strip(), [], []
            continue
        yield ref.strip(), *_new_objects(new)


def _new_objects(new: str) -> tuple[list[Entry], list[str]]:
    commits = _need("rev-list", new, "--not", "--all").decode().split()
    raw = _need(
        *("diff-tree", "--stdin", "-r", "-z", "-m", "--root", "--no-renames", "--no-commit-id"),
        *("--raw", "--no-abbrev"),
        data="".join(f"{commit}\n" for commit in commits).encode(),
    )
    entries = dict.fromkeys(replace(e, new=False) for e in _raw_entries(raw))
    seen = {entry.object_id for entry in entries}
    messages = list(commits)
    # Tags, and whatever else a push can bring without a commit.
    listed = _need("rev-list", "--objects", "--no-object-names", new, "--not", "--all")
    for object_id, kind in _kinds(listed.decode().split()):
        if kind == "blob" and object_id not in seen:
            entries[Entry("", object_id)] = None
        elif kind == "tag":
            messages.append(object_id)
    return list(entries), messages


def _kinds(object_ids: list[str]) -> Iterator[tuple[str, str]]:
    raw = _need("cat-file", "--batch-check", data="".join(f"{o}\n" for o in object_ids).encode())
    for line in raw.decode().splitlines():
        object_id, kind, *_ = line.split(" ")
        yield object_id, kind


def _raw_entries(raw: bytes) -> Iterator[Entry]:
    """``:old new sha sha status NUL path NUL …``."""
    parts = iter(raw.split(b"\0"))
    for head in parts:
        if not head.startswith(b":"):
            continue
        path = _text(next(parts))
        _, new_mode, _, object_id, status = head.decode().split(" ")
        if new_mode not in ("000000", _SUBMODULE):
            yield Entry(path, object_id, status.startswith("A"), new_mode == _LINK)


def contents(object_ids: Iterable[str]) -> Iterator[bytes | None]:
    """The bytes of each object, in order; None for one that is too large."""
    wanted = list(object_ids)
    if not wanted:
        return
    with subprocess.Popen(
        ["git", "cat-file", "--batch"],  # noqa: S607 (the git that calls the hook)
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise _failed()
        for object_id in wanted:
            process.stdin.write(f"{object_id}\n".encode())
            process.stdin.flush()
            head = process.stdout.readline().split()
            if len(head) != 3:
                raise _failed()
            size = int(head[2])
            if size > MOST_BLOB:
                while size > 0:
                    size -= len(process.stdout.read(min(size, 1 << 20)))
                process.stdout.read(1)
                yield None
                continue
            data = process.stdout.read(size)
            process.stdout.read(1)
            yield data
        process.stdin.close()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _empty_tree() -> str:
    return _need("hash-object", "-t", "tree", "/dev/null").decode().strip()


def _need(*arguments: str, data: bytes | None = None) -> bytes:
    found = _git(*arguments, data=data)
    if found is None:
        raise _failed()
    return found


def _git(*arguments: str, data: bytes | None = None) -> bytes | None:
    try:
        done = subprocess.run(  # noqa: S603 (arguments are ours; paths follow "--")
            ["git", *arguments],  # noqa: S607
            input=data,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _failed() -> UsageError:
    return UsageError(
        "git から内容を読み取れません。リポジトリの状態(git status, git fsck)を確認してください。",
        "git does not give the contents: look at the repository (git status, git fsck).",
    )
