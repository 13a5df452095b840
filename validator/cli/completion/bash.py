"""Completion for bash (3.2 and newer, without the bash-completion package)."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from validator.cli.completion.tree import FILES, FOLDERS, Command, Value

_NAMES = "compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen %s -- \"$cur\"))"
_HEAD = """# bash completion for validator: source this file, or keep it in
# ~/.local/share/bash-completion/completions/validator
_validator() {
    local cur prev path word i
    COMPREPLY=()
    cur="${COMP_WORDS[COMP_CWORD]}"
    prev="${COMP_WORDS[COMP_CWORD-1]}"
    # --format=json comes as three words.
    if [ "$cur" = "=" ]; then
        cur=""
    elif [ "$prev" = "=" ]; then
        prev="${COMP_WORDS[COMP_CWORD-2]}"
    fi
    path=""
    for ((i = 1; i < COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        case "$path $word" in
"""
_MIDDLE = """        esac
    done
"""
_TAIL = """    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    if [ "$files" = 1 ] && [ "${cur#-}" = "$cur" ]; then
        compopt -o filenames 2>/dev/null
        local IFS=$'\n'
        COMPREPLY=("${COMPREPLY[@]}" $(compgen -f -- "$cur"))
    fi
}
complete -F _validator validator
"""


def bash_script(root: Command) -> str:
    """The whole script."""
    commands = root.walk()
    lines = [_HEAD]
    for command in commands[1:]:
        before, word = " ".join(command.path[:-1]), command.path[-1]
        lines.append(f"            {shlex.quote(f'{before} {word}')}) path={_path(command)} ;;\n")
    lines.append(_MIDDLE)
    lines.append('    case "$path:$prev" in\n')
    for command in commands:
        lines += _values(command)
    lines.append('    esac\n    local words files=0\n    case "$path" in\n')
    for command in commands:
        words = [*_names(command), *(sub.path[-1] for sub in command.commands)]
        files = 0
        if command.positional is not None:
            words += command.positional.words
            files = int(command.positional.kind in (FILES, FOLDERS))
        lines.append(
            f"        {_path(command)}) words={shlex.quote(' '.join(words))}; files={files} ;;\n"
        )
    lines.append("    esac\n")
    return "".join([*lines, _TAIL])


def _path(command: Command) -> str:
    return shlex.quote(" ".join(command.path))


def _names(command: Command) -> Sequence[str]:
    return [name for option in command.options for name in option.names]


def _values(command: Command) -> Sequence[str]:
    lines = []
    for option in command.options:
        if option.value is None:
            continue
        for name in option.names:
            place = shlex.quote(f"{' '.join(command.path)}:{name}")
            lines.append(f"        {place}) {_reply(option.value)}; return ;;\n")
    return lines


def _reply(value: Value) -> str:
    if value.words:
        return f'COMPREPLY=($(compgen -W {shlex.quote(" ".join(value.words))} -- "$cur"))'
    if value.kind == FOLDERS:
        return _NAMES % "-d"
    if value.kind == FILES:
        return _NAMES % "-f"
    return ":"
