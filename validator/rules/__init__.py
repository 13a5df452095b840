"""The rule catalogue: declarations by family, and the engine that runs them."""

from validator.rules.catalogue import all_rules, configured_rules, rule_by_code
from validator.rules.model import Cleared, Effect, Example, Rule, Severity, Text

__all__ = [
    "Cleared",
    "Effect",
    "Example",
    "Rule",
    "Severity",
    "Text",
    "all_rules",
    "configured_rules",
    "rule_by_code",
]
