"""Completion scripts for shells, made from the parser itself: what they offer is what it takes."""

from validator.cli.completion.bash import bash_script
from validator.cli.completion.fish import fish_script
from validator.cli.completion.tree import Command, command_tree
from validator.cli.completion.zsh import zsh_script

SCRIPTS = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}

__all__ = ["SCRIPTS", "Command", "command_tree"]
