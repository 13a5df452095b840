"""Completion for zsh."""

from __future__ import annotations

from collections.abc import Sequence

from validator.cli.completion.tree import FILES, FOLDERS, Command, Option, Value


def zsh_script(root: Command) -> str:
    """The whole script: a function for each command, in the terms of ``_arguments``."""
    lines = [
        "#compdef validator",
        "# zsh completion for validator: keep this file as _validator in a folder of $fpath.",
        "",
    ]
    for command in root.walk():
        lines += _function(command)
    lines += [
        'if [ "$funcstack[1]" = "_validator" ]; then',
        '    _validator "$@"',
        "else",
        "    compdef _validator validator",
        "fi",
    ]
    return "\n".join(lines) + "\n"


def _function(command: Command) -> Sequence[str]:
    lines = [f"{_name(command)}() {{"]
    arguments = [_specification(option) for option in command.options]
    if command.commands:
        arguments += ["'1: :->command'", "'*:: :->rest'"]
        lines += ["    local context state line", "    typeset -A opt_args"]
    elif command.positional is not None:
        arguments.append(f"'*: :{_action(command.positional)}'")
    joined = " \\\n        ".join(arguments)
    lines.append(f"    _arguments -C -s \\\n        {joined}")
    if command.commands:
        lines += [
            "    case $state in",
            "    command)",
            "        local -a commands",
            "        commands=(",
        ]
        lines += [
            f"            {_quoted(f'{_colon(sub.path[-1])}:{sub.help}')}"
            for sub in command.commands
        ]
        lines += [
            "        )",
            "        _describe command commands ;;",
            "    rest)",
            "        case $line[1] in",
        ]
        lines += [f"        {sub.path[-1]}) {_name(sub)} ;;" for sub in command.commands]
        lines += ["        esac ;;", "    esac"]
    return [*lines, "}", ""]


def _name(command: Command) -> str:
    return "_".join(["_validator", *(part.replace("-", "_") for part in command.path)])


def _specification(option: Option) -> str:
    names = option.names
    told = option.help.replace("[", "(").replace("]", ")").replace(":", " ")
    action = "" if option.value is None else f": :{_action(option.value)}"
    rest = _quoted(f"[{told}]{action}")
    if len(names) == 1:
        return f"'{names[0]}'{rest}"
    return f"'({' '.join(names)})'{{{','.join(names)}}}{rest}"


def _action(value: Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    return {FILES: "_files", FOLDERS: "_files -/"}.get(value.kind, "")


def _colon(text: str) -> str:
    return text.replace(":", "\\:")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
