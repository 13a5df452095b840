"""Validates Japanese health-insurance forms against the resident registry.

The public API; heavy modules are imported when a name is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from validator.api import Result, check, compare_addresses, compare_names, parse_addresses
    from validator.errors import ValidatorError

__all__ = [
    "Result",
    "ValidatorError",
    "__version__",
    "check",
    "compare_addresses",
    "compare_names",
    "parse_addresses",
]

_HOMES = {
    "Result": "validator.api",
    "check": "validator.api",
    "compare_addresses": "validator.api",
    "compare_names": "validator.api",
    "parse_addresses": "validator.api",
    "ValidatorError": "validator.errors",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (any public name)
    if name not in _HOMES:
        raise AttributeError(f"module 'validator' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
