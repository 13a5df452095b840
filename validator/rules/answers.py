"""The association's 33 answers, each traced to rules, forms, outputs, or a reason why not.

Made from ``schemas/association_qa.toml`` and the ``source`` of the rules; shown in
``docs/association-qa.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from validator.batch.columns import forms_by_name
from validator.resources import load_toml
from validator.rules.model import Rule, Text

ANSWERS = range(1, 34)
_TABLE = "association_qa.toml"
_MADE = Text(
    "`schemas/association_qa.toml` と規則の根拠から `make docs` で作ったページです。"
    "直接は編集しません。",
    "Made from `schemas/association_qa.toml` and the sources of the rules by `make docs`; "
    "not to be edited.",
)


@dataclass(frozen=True)
class Answer:
    """One answer in our own words, and all that it is traced to."""

    number: int
    text: Text
    rules: tuple[Rule, ...]
    forms: tuple[str, ...]
    outputs: tuple[Text, ...]
    later: tuple[Text, ...]
    reason: Text | None

    @property
    def name(self) -> str:
        """What rules cite it by."""
        return f"QA-{self.number:02d}"

    @property
    def is_traced(self) -> bool:
        """Whether a rule, a form, an output or a reason stands behind it today."""
        return bool(self.rules or self.forms or self.outputs or self.reason)


def answers(rules: Sequence[Rule]) -> tuple[Answer, ...]:
    """All answers with the rules among ``rules`` that cite them."""
    table = load_toml(_TABLE)
    outputs, later = _texts(table["output"]), _texts(table.get("later", {}))
    return tuple(
        Answer(
            number=row["number"],
            text=Text(row["ja"], row["en"]),
            rules=tuple(r for r in rules if f"QA-{row['number']:02d}" in r.source),
            forms=tuple(row.get("forms", ())),
            outputs=tuple(outputs[key] for key in row.get("outputs", ())),
            later=tuple(later[key] for key in row.get("later", ())),
            reason=Text(row["reason_ja"], row["reason_en"]) if "reason_ja" in row else None,
        )
        for row in table["answer"]
    )


def _texts(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Text]:
    return {key: Text(row["ja"], row["en"]) for key, row in table.items()}


def answers_page(rules: Sequence[Rule], lang: str) -> str:
    """The page of all answers as Markdown, in ``lang``."""
    ja = lang == "ja"
    found = answers(rules)
    title = (
        "組合の33の回答と、本プログラムの対応"
        if ja
        else "The association's 33 answers and what stands for them"
    )
    other = "[English](association-qa.en.md)" if ja else "[日本語](association-qa.md)"
    return "\n".join(
        [
            f"# {title}",
            "",
            f"{_MADE.get(lang)} {other}",
            "",
            *_counts(found, ja=ja),
            "",
            *(line for answer in found for line in _section(answer, lang)),
        ]
    )


def _counts(found: Sequence[Answer], *, ja: bool) -> list[str]:
    cited = {rule.code for answer in found for rule in answer.rules}
    figures = (
        ("規則に対応する回答", "answers traced to a rule", [a for a in found if a.rules]),
        ("届書に対応する回答", "answers traced to a form", [a for a in found if a.forms]),
        ("出力に対応する回答", "answers traced to an output", [a for a in found if a.outputs]),
        (
            "データを伴わない理由のある回答",
            "answers with a reason why no data is involved",
            [a for a in found if a.reason],
        ),
        (
            "まだ作っていない出力のある回答",
            "answers with an output that does not exist yet",
            [a for a in found if a.later],
        ),
        (
            "どれにも対応しない回答",
            "answers traced to nothing",
            [a for a in found if not a.is_traced],
        ),
    )
    head = "| | 件数 | 回答 |" if ja else "| | count | answers |"
    rows = [
        f"| {in_ja if ja else in_en} | {len(some)} | "
        f"{' '.join(f'{a.number:02d}' for a in some) or '–'} |"
        for in_ja, in_en, some in figures
    ]
    total = (
        f"回答 {len(found)} 件に、規則 {len(cited)} 個が対応します。"
        "一つの回答が複数の欄に入ります。"
        if ja
        else f"{len(found)} answers, {len(cited)} rules; one answer may stand in several rows."
    )
    return [total, "", head, "|---|---|---|", *rows]


def _section(answer: Answer, lang: str) -> list[str]:
    ja = lang == "ja"
    suffix = "" if ja else ".en"
    lines = [f"## {answer.name}", "", answer.text.get(lang), ""]
    if answer.rules:
        links = [f"[{r.code}](rules/{r.code}{suffix}.md) {r.slug}" for r in answer.rules]
        lines.append(f"- {'規則' if ja else 'rules'}: {', '.join(links)}")
    if answer.forms:
        names = {form.name: form.ja[0] for form in forms_by_name().values()}
        forms = [f"`{name}` {names[name]}" for name in answer.forms]
        lines.append(f"- {'届書' if ja else 'forms'}: {', '.join(forms)}")
    lines += [f"- {'出力' if ja else 'output'}: {text.get(lang)}" for text in answer.outputs]
    lines += [f"- {'今後' if ja else 'later'}: {text.get(lang)}" for text in answer.later]
    if answer.reason:
        lines.append(f"- {'理由' if ja else 'reason'}: {answer.reason.get(lang)}")
    return [*lines, ""]
