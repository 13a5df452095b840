"""What the guard says: one line for each refused place, and how to clean up."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validator.errors import InputError, PlaintextError
from validator.privacy.guard.evidence import NUMBERS, Finding, Reason
from validator.privacy.guard.names import shown_name

_SHOWN_PER_FILE = 100

WORDS: dict[Reason, tuple[str, str]] = {
    Reason.FIELD: (
        "個人番号の欄に番号が平文で入っています",
        "a plaintext number in a field for My Numbers",
    ),
    Reason.NUMBER: (
        "個人番号とみられる番号があります(検査用数字が合います)",
        "this looks like a My Number (its check digit fits)",
    ),
    Reason.SERIES: (
        "個人番号とみられる番号が並んでいます(検査用数字の合う割合が偶然を超えます)",
        "these look like My Numbers (more check digits fit than chance explains)",
    ),
    Reason.FILE_NAME: (
        "名前に個人番号とみられる番号があります(番号は伏せて表示しています)",
        "the name holds what looks like a My Number (hidden here)",
    ),
    Reason.ENCRYPTED: (
        "暗号化されていて中を確かめられません。許された場所([guard] allow)に置くか、除いてください",
        "it is encrypted: keep it in an allowed place ([guard] allow), or leave it out",
    ),
    Reason.TOO_LARGE: (
        "展開すると大きすぎて確かめられません(圧縮爆弾の疑い)。除くか、分けてください",
        "it unpacks to more than can be looked through (a bomb?): leave it out or split it",
    ),
    Reason.TOO_DEEP: (
        "圧縮ファイルの入れ子が深すぎて確かめられません。展開して入れ直してください",
        "archives are nested too deep: unpack them",
    ),
    Reason.DAMAGED: (
        "壊れていて中を確かめられません。作り直すか、除いてください",
        "it is damaged and cannot be looked into: make it again or leave it out",
    ),
    Reason.NO_READER: (
        "中を確かめられない圧縮形式です(7z、RAR、LZH、zstd など)。ZIP にするか、除いてください",
        "an archive that cannot be looked into (7z, RAR, LZH, zstd): make it a ZIP or leave it out",
    ),
    Reason.UNKNOWN: (
        "種類のわからないファイルで、中を確かめられません(--strict)",
        "a file of an unknown kind that cannot be looked into (--strict)",
    ),
    Reason.MISSING: (
        "ファイルが見つかりません。場所と名前を確認してください",
        "the file does not exist: check place and name",
    ),
    Reason.FORBIDDEN: (
        "ファイルを読めません。権限を確認してください",
        "the file cannot be read: check its permissions",
    ),
    Reason.NO_FILE: (
        "通常のファイルではありません",
        "this is no regular file",
    ),
}


@dataclass(frozen=True)
class Found:
    """A finding and the file it is in; ``new``: git's HEAD does not have this file."""

    path: str
    finding: Finding
    new: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is a number, not a file that cannot be read."""
        return self.finding.reason in NUMBERS

    def place(self) -> str:
        """``file:line:column``, ``file!member:line:column``; no digit of a number."""
        at = self.finding.place
        text = shown_name(self.path) + (f"!{shown_name(at.member)}" if at.member else "")
        if at.line:
            text += f":{at.line}"
        if at.line and at.column:
            text += f":{at.column}"
        return text


def lines(found: Sequence[Found], lang: str) -> list[str]:
    """One line for each place; of a file with very many, the first hundred and how many more."""
    shown: dict[str, int] = {}
    rendered = []
    for one in found:
        shown[one.path] = shown.get(one.path, 0) + 1
        if shown[one.path] <= _SHOWN_PER_FILE:
            rendered.append(f"{one.place()}: {WORDS[one.finding.reason][lang == 'en']}")
    for path, count in shown.items():
        more = count - _SHOWN_PER_FILE
        if more > 0:
            words = f"and {more:,} more places" if lang == "en" else f"ほか{more:,}か所"
            rendered.append(f"{shown_name(path)}: {words}")
    return rendered


def refusal(found: Sequence[Found]) -> PlaintextError | InputError:
    """The error that ends the command: exit 9 for numbers, 3 where a file could not be read."""
    numbers = [one for one in found if one.is_number]
    files = len({one.path for one in found})
    if not numbers:
        return InputError(
            f"{files}個のファイルの中を確かめられませんでした。上の理由を確認してください。",
            f"{files} files could not be looked into: see the reasons above",
            file=shown_name(found[0].path),
        )
    first = numbers[0]
    return PlaintextError(
        f"個人番号とみられる平文が{len(numbers):,}か所あります。番号を消すか、"
        "許された場所(設定 [guard] allow)に移してください。",
        f"{len(numbers):,} places hold what looks like a plaintext My Number: take it out, or move"
        " the file to an allowed place ([guard] allow)",
        file=first.place(),
    )


def clean_up(found: Iterable[Found], lang: str) -> list[str]:
    """The commands that take refused files out of the index and out of the object store."""
    new = {one.path: one.new for one in found if one.is_number}
    if not new:
        return []
    commands = []
    for path, is_new in new.items():
        if shown_name(path) != path:
            # The path itself may not be shown: git lists it to the person alone.
            commands.append("git status")
            continue
        undo = "rm --cached" if is_new else "restore --staged"
        commands.append(f"git {undo} -- {shlex.quote(path)}")
    head = (
        "git add した時点で、内容はもうリポジトリの中(.git/objects)に保存されています。"
        "次の順に取り除いてください(作業フォルダーのファイルは残ります):"
        if lang == "ja"
        else "git add has already stored the contents in .git/objects. Take them out in this order"
        " (files in the work folder stay):"
    )
    return [head, *(f"  {c}" for c in dict.fromkeys(commands)), "  git gc --prune=now"]
