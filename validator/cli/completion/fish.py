"""Completion for fish."""

from __future__ import annotations

from collections.abc import Sequence

from validator.cli.completion.tree import FILES, FOLDERS, Command, Option, Value


def fish_script(root: Command) -> str:
    """The whole script: one ``complete`` a word."""
    lines = [
        "# fish completion for validator: keep this file as",
        "# ~/.config/fish/completions/validator.fish",
        "complete -c validator -f",
    ]
    for command in root.walk():
        lines += _of(command)
    return "\n".join(lines) + "\n"


def _of(command: Command) -> Sequence[str]:
    where = _condition(command)
    lines = [
        f"complete -c validator -n {where} -a {_quoted(sub.path[-1])} -d {_quoted(sub.help)}"
        for sub in command.commands
    ]
    lines += [_option(option, where) for option in command.options]
    if command.positional is not None:
        lines += [f"complete -c validator -n {where} {_value(command.positional)}"]
    return [line.rstrip() for line in lines]


def _condition(command: Command) -> str:
    """True where exactly the words of this command were typed."""
    if not command.path:
        return "'__fish_use_subcommand'"
    seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in command.path)
    below = " ".join(sub.path[-1] for sub in command.commands)
    return _quoted(seen + (f"; and not __fish_seen_subcommand_from {below}" if below else ""))


def _option(option: Option, where: str) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    value = "" if option.value is None else f" -r {_value(option.value)}"
    return f"complete -c validator -n {where} {names}{value} -d {_quoted(option.help)}"


def _value(value: Value) -> str:
    if value.words:
        return f"-f -a {_quoted(' '.join(value.words))}"
    if value.kind == FOLDERS:
        return "-f -a '(__fish_complete_directories)'"
    return "-F" if value.kind == FILES else "-f"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
