"""The page of a rule, for ``validator explain`` and ``docs/rules/``: made from its declaration."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from validator.batch.columns import canonical_columns, forms_by_name, japanese_name
from validator.resources import load_toml
from validator.rules.model import Cleared, Effect, Example, Rule, Severity, Text

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
_SAMPLE = Text(
    "例は、誤りのない見本の記録との違いだけを示します。",
    "Examples show only how they differ from a clean sample record.",
)
# What the placeholders of an example stand for.
_TOKENS = (
    (r"\{valid:\d+\}", Text("正しい別の番号", "another valid number")),
    (r"\{wrong:\d+\}", Text("検査用数字の合わない番号", "a number whose check digit does not fit")),
    (r"\{same\}", Text("本人欄と同じ番号", "the same number as the person's own")),
    (r"\{spaced\}", Text("空白とハイフンの入った番号", "the number with a space and a hyphen")),
    (r"\{wide\}", Text("全角の番号", "the number in full width")),
)
# What the braces in a message hold.
_PARAMS = {
    "digits": Text("桁数", "count"),
    "status": Text("死亡・国外転出など", "deceased, moved abroad …"),
    "days": Text("日数", "count"),
    "items": Text("項目名", "names of items"),
    "steps": Text("理由", "reason"),
    "month": Text("年月", "month"),
    "due": Text("期日", "due date"),
    "cleared_on": Text("年月日", "date"),
    "cleared_reason": Text("理由", "reason"),
    "side": Text("届書か台帳の内容", "form or registry"),
}
_SOURCES = {
    "xlsx_numeric": Text(
        "XLSX で、個人番号が数値のセル", "XLSX with the My Number in a numeric cell"
    ),
    "xlsx_formula": Text("XLSX で、カナ氏名が数式のセル", "XLSX with a formula in the kana name"),
}
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0100-\U000e01ef]"
)


def rule_page(rule: Rule, lang: str) -> str:
    """One rule as Markdown, in ``lang``."""
    severity, effect = _SEVERITY[rule.severity].get(lang), _EFFECT[rule.effect].get(lang)
    since = f"{rule.since} から" if lang == "ja" else f"since {rule.since}"
    field = f" / {_field(rule.field, lang)}" if rule.field else ""
    lines = [
        f"# {rule.code} {rule.slug}",
        "",
        f"{severity} / {effect}{field} / {since}",
        "",
        *_section("what", message_words(rule, lang), lang),
        *_section("why", rule.why.get(lang), lang),
        *_section("do", rule.hint.get(lang), lang),
        *_section("bad", _examples(rule.bad, lang), lang),
    ]
    if rule.good:
        lines += _section("good", _examples(rule.good, lang), lang)
    lines += [_SAMPLE.get(lang), ""]
    sources = "\n".join(f"- {s}" for s in rule.source)
    if rule.inferred:
        sources += f"\n- {_INFERRED.get(lang)}"
    lines += _section("source", sources, lang)
    lines += _section("cannot_see", rule.cannot_see.get(lang), lang)
    return "\n".join(lines).rstrip() + "\n"


def rule_line(rule: Rule, lang: str) -> str:
    """One rule in one line: code, severity, effect, message."""
    if lang == "ja":
        # Words of two full-width characters, so that the lines stand below each other.
        effect = {Effect.RETURN: "返戻", Effect.HOLD: "保留"}.get(rule.effect, "――")
        words = f"{_SEVERITY[rule.severity].ja}  {effect}"
    else:
        words = f"{rule.severity.value:<7} {rule.effect.value:<6}"
    return f"{rule.code}  {words}  {message_words(rule, lang)}"


def message_words(rule: Rule, lang: str) -> str:
    """The message with words in place of what is filled in."""
    opening, closing = ("〔", "〕") if lang == "ja" else ("<", ">")
    return re.sub(
        r"\{(\w+)\}",
        lambda m: f"{opening}{_PARAMS[m[1]].get(lang)}{closing}",
        rule.message.get(lang),
    )


def _section(key: str, body: str, lang: str) -> list[str]:
    return [f"## {_HEADINGS[key].get(lang)}", "", body, ""]


def _examples(examples: Sequence[Example], lang: str) -> str:
    return "\n".join(f"- {_example(e, lang)}" for e in examples)


def _example(example: Example, lang: str) -> str:
    ja = lang == "ja"
    parts = [_fields(example.record, lang)] if example.record else []
    if example.registry is None:
        parts.append("台帳に番号なし" if ja else "number unknown to the registry")
    elif example.registry:
        parts.append(("台帳: " if ja else "registry: ") + _fields(example.registry, lang))
    for row in example.more_registry:
        name = "台帳にもう1行、同じ番号で: " if ja else "registry, another row of the same number: "
        parts.append(name + _fields(row, lang))
    for other in example.others:
        name = "同じ一括に、もう1件: " if ja else "in the same batch: "
        parts.append(name + (_fields(other, lang) or _CLEAN.get(lang)))
    if example.cleared is not None:
        parts.append(_cleared(example.cleared, lang))
    if example.without_registry:
        parts.append("台帳なし" if ja else "without a registry")
    if example.source in _SOURCES:
        parts.append(_SOURCES[example.source].get(lang))
    elif example.source != "table":
        parts.append(f"電子媒体 {example.source}" if ja else f"electronic media {example.source}")
    return "; ".join(parts) if parts else _CLEAN.get(lang)


def _cleared(cleared: Cleared, lang: str) -> str:
    ja = lang == "ja"
    sides = [_fields(cleared.record, lang) or _CLEAN.get(lang)]
    if cleared.registry:
        sides.append(("台帳: " if ja else "registry: ") + _fields(cleared.registry, lang))
    before = (
        f"{cleared.days_ago}日前に本人確認済: " if ja else f"cleared {cleared.days_ago} days ago: "
    )
    return before + ", ".join(sides)


def _field(column: str, lang: str) -> str:
    name = _name(column, lang)
    return f"`{column}`" if name == column else f"{name} `{column}`"


def _fields(row: Mapping[str, str | None], lang: str) -> str:
    return ", ".join(
        f"{_name(name, lang)} = {_value(_shown(name, value, lang), lang)}"
        if lang == "ja"
        else f"`{_name(name, lang)}` = {_value(value, lang)}"
        for name, value in row.items()
    )


def _name(column: str, lang: str) -> str:
    """What people know a column by: its header, or the number of the item."""
    if re.fullmatch(r"m\d{2,3}", column):
        return f"項番{int(column[1:])}" if lang == "ja" else f"item {int(column[1:])}"
    return _headers().get(column, column) if lang == "ja" else column


@cache
def _headers() -> dict[str, str]:
    registry = load_toml("registry/columns.toml")["columns"]
    return {name: row["headers"][0] for name, row in registry.items()} | {
        name: japanese_name(name) for name in canonical_columns()
    }


def _shown(column: str, value: str | None, lang: str) -> str | None:
    """A form by the name people know it by."""
    forms = {form.name: form.ja[0] for form in forms_by_name().values()}
    return forms.get(value or "", value) if column == "form" and lang == "ja" else value


def _value(value: str | None, lang: str) -> str:
    if not value:
        return "(空欄)" if lang == "ja" else "(blank)"
    for token, words in _TOKENS:
        if re.fullmatch(token, value):
            return words.get(lang)
    if not value.strip():
        return "空白だけ" if lang == "ja" else "spaces only"
    shown = _INVISIBLE.sub(lambda m: f"[U+{ord(m[0]):04X}]", value)
    if len(shown) > 30:
        shown = shown[:10] + "…" + (f"({len(value)}文字)" if lang == "ja" else f" ({len(value)})")
    return f"「{shown}」" if lang == "ja" else f'"{shown}"'


def index_page(rules: Sequence[Rule], lang: str) -> str:
    """The table of all rules."""
    ja = lang == "ja"
    title = "規則の一覧" if ja else "All rules"
    names = (
        ("コード", "項目", "重大度", "判定への影響", "内容")
        if ja
        else ("code", "field", "severity", "effect", "message")
    )
    suffix = "" if ja else ".en"
    other = "[English](README.en.md)" if ja else "[日本語](README.md)"
    made = (
        "規則の宣言から `make docs` で作ったページです。直接は編集しません。"
        if ja
        else "Made from the declarations of the rules by `make docs`; not to be edited."
    )
    rows = [
        " | ".join([
            f"| [{r.code}]({r.code}{suffix}.md)",
            _name(r.field, lang) if r.field else "",
            _SEVERITY[r.severity].get(lang),
            _EFFECT[r.effect].get(lang), message_words(r, lang).replace("|", "\\|") + " |",
        ])
        for r in rules
    ]  # fmt: skip
    head = "| " + " | ".join(names) + " |"
    return (
        "\n".join([f"# {title}", "", f"{made} {other}", "", head, "|---|---|---|---|---|", *rows])
        + "\n"
    )
