"""Annotations for GitHub Actions: workflow commands, one line a finding."""

from __future__ import annotations

from validator.checking import Checked
from validator.output.machine.places import located

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(checked: Checked) -> str:
    """``::error file=…,line=…,title=…::message`` for each finding."""
    return "".join(
        f"::{_LEVELS[row['severity']]} file={_property(row['path'])},line={row['line']},"
        f"title={_property(row['code'] + ' ' + row['slug'])}::{_data(row['message'])}\n"
        for row in located(checked).iter_rows(named=True)
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
