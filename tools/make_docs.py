"""Everything that is made from the code: docs/rules/, docs/forms/, docs/association-qa.md, schemas.

    python tools/make_docs.py [--check]

With ``--check`` nothing is written; exit 1 and the names of what differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from validator.forms.pages import form_pages
from validator.nightly.status import Status
from validator.output.summary import Summary
from validator.rules import all_rules
from validator.rules.answers import answers_page
from validator.rules.pages import index_page, rule_page

ROOT = Path(__file__).resolve().parent.parent
RULES = Path("docs/rules")
ANSWERS = Path("docs/association-qa")
SCHEMAS = {
    Path("schemas/report/summary.schema.json"): Summary,
    Path("schemas/report/status.schema.json"): Status,
}
_SUFFIX = {"ja": ".md", "en": ".en.md"}


def pages() -> dict[Path, str]:
    """Path below the project → content, of every page and schema."""
    rules = all_rules()
    made = {RULES / f"README{suffix}": index_page(rules, lang) for lang, suffix in _SUFFIX.items()}
    for lang, suffix in _SUFFIX.items():
        made |= {RULES / f"{rule.code}{suffix}": rule_page(rule, lang) for rule in rules}
        made[ANSWERS.with_suffix(suffix)] = answers_page(rules, lang)
    for path, model in SCHEMAS.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(mode="serialization"),
        }
        made[path] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return made | form_pages()


def drifted(root: Path = ROOT) -> list[str]:
    """Names of pages that are missing, stale, or of no rule any more."""
    made = pages()
    stale = [
        str(path)
        for path, text in made.items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]
    orphans = [
        str(found.relative_to(root))
        for found in (root / RULES).glob("*.md")
        if found.relative_to(root) not in made
    ]
    return sorted(stale + orphans)


def main() -> int:
    """Write, or with ``--check`` compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        stale = drifted()
        sys.stdout.write("".join(f"{name}\n" for name in stale))
        return 1 if stale else 0
    made = pages()
    for found in (ROOT / RULES).glob("*.md"):
        if found.relative_to(ROOT) not in made:
            found.unlink()
    for path, text in made.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
