"""Words for a wrong command line, in both languages and without the values that were typed.

argparse repeats what it was given, and that may be a name or a number.
"""

from __future__ import annotations

import re

_HELP = ("validator --help で確認してください。", "see validator --help")
_REQUIRED = re.compile(r"the following arguments are required: (?P<names>[\w\-/, ]+)$")
_CHOICE = re.compile(
    r"argument (?P<name>\S+): invalid choice: .*\(choose from (?P<choices>[^()]*)\)$", re.DOTALL
)
_MISSING = re.compile(r"argument (?P<name>\S+): expected (?:one|at least one) argument$")
_VALUE = re.compile(r"argument (?P<name>\S+): (?:invalid|ignored explicit|expected) ")
_OPTION = re.compile(r"(?<!\S)--?[a-zA-Z][a-zA-Z\-]*")


def usage_words(message: str) -> tuple[str, str]:
    """Japanese and English for argparse's ``message``."""
    if found := _REQUIRED.match(message):
        ja, en = (
            f"必要な引数がありません({found['names']})。",
            f"these arguments are missing: {found['names']}",
        )
    elif found := _CHOICE.match(message):
        choices = found["choices"].replace("'", "")
        ja = f"{found['name']} は {choices} のどれかです。"
        en = f"{found['name']} must be one of {choices}"
    elif found := _MISSING.match(message):
        ja, en = f"{found['name']} に値がありません。", f"{found['name']} needs a value"
    elif found := _VALUE.match(message):
        ja, en = (
            f"{found['name']} の値が正しくありません。",
            f"the value of {found['name']} is not valid",
        )
    elif message.startswith("ambiguous option"):
        ja, en = "オプションの名前が略しすぎです。", "an option is cut too short"
    elif options := ", ".join(dict.fromkeys(_OPTION.findall(message))):
        ja, en = f"使えないオプションがあります({options})。", f"unknown options: {options}"
    else:
        ja, en = (
            "使い方が正しくありません(余分な引数など)。",
            "wrong usage (superfluous arguments or the like)",
        )
    return ja + _HELP[0], f"{en}; {_HELP[1]}"
