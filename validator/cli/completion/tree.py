"""The parser as data: commands, their options, and what each value may be."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILES, FOLDERS = "files", "folders"


@dataclass(frozen=True)
class Value:
    """What a value may be: ``words``, or `FILES`, or `FOLDERS`, or anything (neither)."""

    words: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Option:
    """``names`` with their dashes; ``value`` None for a switch; ``help`` in one line."""

    names: tuple[str, ...]
    value: Value | None
    help: str


@dataclass(frozen=True)
class Command:
    """``path``: words up to the command (none: the program); ``words``: its subcommands."""

    path: tuple[str, ...]
    help: str
    options: tuple[Option, ...]
    positional: Value | None
    commands: tuple[Command, ...]

    def walk(self) -> Sequence[Command]:
        """This command and all below it."""
        return [self, *(found for one in self.commands for found in one.walk())]


def command_tree(parser: argparse.ArgumentParser, words: Mapping[str, tuple[str, ...]]) -> Command:
    """All commands of ``parser``; ``words``: what values of that metavar may be (CODE, FORM)."""
    return _command(parser, (), "", words)


def _command(
    parser: argparse.ArgumentParser,
    path: tuple[str, ...],
    text: str,
    words: Mapping[str, tuple[str, ...]],
) -> Command:
    options, commands = [], []
    positional: Value | None = None
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            commands += [
                _command(sub, (*path, name), told.get(name, ""), words)
                for name, sub in action.choices.items()
            ]
        elif action.option_strings:
            options.append(_option(action, words))
        elif positional is None:
            positional = _value(action, words)
    return Command(path, _line(text), tuple(options), positional, tuple(commands))


def _option(action: argparse.Action, words: Mapping[str, tuple[str, ...]]) -> Option:
    value = None if action.nargs == 0 else _value(action, words)
    text = "" if action.help == argparse.SUPPRESS else action.help or ""
    return Option(tuple(action.option_strings), value, _line(text))


def _value(action: argparse.Action, words: Mapping[str, tuple[str, ...]]) -> Value:
    if action.choices is not None:
        return Value(tuple(map(str, action.choices)))
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    known = words.get(metavar) or words.get(action.dest)
    if known:
        return Value(known)
    if metavar == "DIR":
        return Value(kind=FOLDERS)
    if action.type is Path or any(mark in metavar for mark in ("FILE", "BATCH", "PATH", "REG")):
        return Value(kind=FILES)
    return Value()


def _line(text: str) -> str:
    return " ".join(text.replace("%%", "%").split())
