"""The page of a rule, for ``validator explain`` and ``docs/rules/``: made from its declaration."""

from __future__ import annotations

from collections.abc import Sequence

from validator.rules.model import Effect, Example, Rule, Severity, Text

_SEVERITY = {
    Severity.ERROR: Text("誤り", "error"),
    Severity.WARNING: Text("注意", "warning"),
    Severity.INFO: Text("参考", "info"),
}
_EFFECT = {
    Effect.RETURN: Text("返戻", "returned to the employer"),
    Effect.HOLD: Text("保留", "held"),
    Effect.NONE: Text("判定に影響しない", "no effect on the verdict"),
}
_HEADINGS = {
    "what": Text("何を調べるか", "What it says"),
    "why": Text("なぜ", "Why"),
    "do": Text("どうするか", "What to do"),
    "bad": Text("当たる例", "Examples that trigger it"),
    "good": Text("当たらない例", "Examples that do not"),
    "source": Text("根拠", "Source"),
    "cannot_see": Text("見えないもの", "What it cannot see"),
}
_INFERRED = Text("(公表資料からの推定を含みます)", "(partly inferred from public material)")
_CLEAN = Text("見本の記録そのまま", "the clean sample record")


def rule_page(rule: Rule, lang: str) -> str:
    """One rule as Markdown, in ``lang``."""
    severity, effect = _SEVERITY[rule.severity].get(lang), _EFFECT[rule.effect].get(lang)
    lines = [
        f"# {rule.code} {rule.slug}",
        "",
        f"{severity} / {effect}" + (f" / `{rule.field}`" if rule.field else "") + f" / since {rule.since}",
        "",
        *_section("what", rule.message.get(lang), lang),
        *_section("why", rule.why.get(lang), lang),
        *_section("do", rule.hint.get(lang), lang),
        *_section("bad", _examples(rule.bad, lang), lang),
    ]
    if rule.good:
        lines += _section("good", _examples(rule.good, lang), lang)
    sources = "\n".join(f"- {s}" for s in rule.source)
    if rule.inferred:
        sources += f"\n- {_INFERRED.get(lang)}"
    lines += _section("source", sources, lang)
    lines += _section("cannot_see", rule.cannot_see.get(lang), lang)
    return "\n".join(lines).rstrip() + "\n"


def _section(key: str, body: str, lang: str) -> list[str]:
    return [f"## {_HEADINGS[key].get(lang)}", "", body, ""]


def _examples(examples: Sequence[Example], lang: str) -> str:
    return "\n".join(f"- {_example(e, lang)}" for e in examples)


def _example(example: Example, lang: str) -> str:
    parts = [_fields(example.record)] if example.record else []
    if example.registry is None:
        parts.append("台帳に番号なし" if lang == "ja" else "number unknown to the registry")
    elif example.registry:
        parts.append(("台帳: " if lang == "ja" else "registry: ") + _fields(example.registry))
    for row in example.more_registry:
        parts.append(("台帳に同じ番号で: " if lang == "ja" else "registry, same number: ") + _fields(row))
    for other in example.others:
        parts.append(("同じ一括に: " if lang == "ja" else "in the same batch: ") + (_fields(other) or _CLEAN.get(lang)))
    if example.without_registry:
        parts.append("台帳なし" if lang == "ja" else "without a registry")
    if example.source != "table":
        parts.append(f"({example.source})")
    return "; ".join(parts) if parts else _CLEAN.get(lang)


def _fields(row: object) -> str:
    if not isinstance(row, dict):
        return ""
    return ", ".join(f"`{name}` = {f'「{value}」' if value else '(空欄)'}" for name, value in row.items())


def index_page(rules: Sequence[Rule], lang: str) -> str:
    """The table of all rules."""
    title = "規則の一覧" if lang == "ja" else "All rules"
    head = "| コード | 項目 | 重大度 | 判定への影響 | 内容 |" if lang == "ja" else "| code | field | severity | effect | message |"
    suffix = "" if lang == "ja" else ".en"
    rows = [
        f"| [{r.code}]({r.code}{suffix}.md) | {r.field or ''} | {_SEVERITY[r.severity].get(lang)} | {_EFFECT[r.effect].get(lang)} | {r.message.get(lang)} |"
        for r in rules
    ]
    return "\n".join([f"# {title}", "", head, "|---|---|---|---|---|", *rows]) + "\n"
