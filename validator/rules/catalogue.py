"""All rules, found by themselves: every module below ``families`` holds a tuple ``RULES``."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from validator.errors import UsageError
from validator.resources import schemas_dir
from validator.rules import families
from validator.rules.model import Effect, Rule, Severity


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, ordered by code."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(families.__path__):
        found.extend(import_module(f"{families.__name__}.{module.name}").RULES)
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_by_code(code: str) -> Rule:
    """The rule with ``code`` or slug; UsageError if there is none."""
    wanted = code.strip().upper()
    for rule in all_rules():
        if rule.code == wanted or rule.slug == code.strip().lower():
            return rule
    raise UsageError(
        "その規則コードはありません。validator rules で一覧を確認してください。",
        "there is no such rule; `validator rules` lists them all",
    )


def configured_rules(
    overrides: Mapping[str, Mapping[str, object]] | None = None,
) -> tuple[Rule, ...]:
    """The rules with a site's severity, effect and switch-offs (each with its reason) applied."""
    if not overrides:
        return all_rules()
    known = {rule.code for rule in all_rules()}
    unknown = sorted(set(overrides) - known)
    if unknown:
        from validator.config_errors import nearest

        near = nearest(unknown[0], sorted(known))
        raise UsageError(
            f"設定ファイルの [rules] に、存在しない規則コードがあります: {', '.join(unknown[:5])}"
            + (f"({near} のことですか)" if near else "")
            + "。validator rules で一覧を確認できます。",
            f"[rules] names codes that do not exist: {', '.join(unknown[:5])}"
            + (f" (do you mean {near}?)" if near else "")
            + "; see validator rules",
        )
    rules = []
    for rule in all_rules():
        change = overrides.get(rule.code, {})
        if change.get("off"):
            continue
        rules.append(
            replace(
                rule,
                severity=Severity(str(change.get("severity", rule.severity))),
                effect=Effect(str(change.get("effect", rule.effect))),
            )
        )
    return tuple(rules)


@cache
def rules_version() -> str:
    """Number of rules and a hash of all declarations, code tables and policies."""
    digest = sha256()
    for folder in (Path(families.__path__[0]), schemas_dir()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".toml", ".txt"}:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{len(all_rules())}-{digest.hexdigest()[:12]}"
