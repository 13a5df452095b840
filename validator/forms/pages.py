"""Pages and JSON Schemas made from the declarations of the forms: ``docs/forms/``, ``schemas/``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from validator.forms.declarations import (
    ColumnsFile,
    CommonFile,
    Form,
    FormFile,
    SiteColumnsFile,
    SiteFormFile,
    Words,
)
from validator.forms.describe import allowed_values, need_words
from validator.forms.load import default_forms
from validator.resources import schemas_dir

DOCS = Path("docs/forms")
SCHEMAS = Path("schemas/forms")
README = DOCS / "README.md"
_SUFFIX = {"ja": ".md", "en": ".en.md"}
_MODELS: dict[str, type[BaseModel]] = {
    "form": FormFile,
    "common": CommonFile,
    "columns": ColumnsFile,
    "site-form": SiteFormFile,
    "site-columns": SiteColumnsFile,
}
_TABLE = re.compile(r"(?<=<!-- forms -->\n).*?(?=<!-- /forms -->)", re.DOTALL)
_PERSON = {
    "insured": Words(ja="被保険者", en="insured person"),
    "dependant": Words(ja="被扶養者", en="dependant"),
    "either": Words(ja="被保険者または被扶養者", en="insured person or dependant"),
}
_EFFECT = {
    "adds": Words(ja="加入", en="adds"),
    "removes": Words(ja="喪失", en="removes"),
    "depends": Words(ja="異動の別による", en="by change_type"),
    "none": Words(ja="なし", en="nothing"),
}


def form_pages() -> dict[Path, str]:
    """Path below the project → content of every page and JSON Schema made from the declarations.

    The guide (``README.md``) is written by hand; only its table of forms is made here.
    """
    made = dict(form_schemas())
    for form in default_forms().all():
        for lang, suffix in _SUFFIX.items():
            made[DOCS / f"{form.name}{suffix}"] = form_page(form, lang)
    guide = schemas_dir().parent / README
    if guide.is_file():
        table = _overview()
        made[README] = _TABLE.sub(lambda _: table, guide.read_text(encoding="utf-8"))
    return made


def form_schemas() -> dict[Path, str]:
    """The JSON Schemas an editor uses for the TOML files, ours and a site's."""
    made = {}
    for name, model in _MODELS.items():
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(),
        }
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        made[SCHEMAS / f"{name}.schema.json"] = text + "\n"
    return made


def form_page(form: Form, lang: str) -> str:
    """One form as Markdown."""
    ja = lang == "ja"
    title = f"{form.ja[0]} (`{form.name}`)" if ja else f"{form.en}: {form.ja[0]} (`{form.name}`)"
    facts = [
        ("対象の人" if ja else "Person", _PERSON[form.person].get(lang)),
        ("資格への影響" if ja else "Membership", form.membership.ja if ja else form.membership.en),
        ("住民票の台帳" if ja else "Registry", form.registry.ja if ja else form.registry.en),
        ("保留の区分" if ja else "Hold classes", ", ".join(form.registry.classes)),
        ("提出" if ja else "Route", form.route.get(lang)),
        ("電子媒体の様式" if ja else "Electronic media", form.layout or ("なし" if ja else "none")),
        ("ほかの名前" if ja else "Other names", "、".join(form.ja[1:]) or "—"),
        ("法令" if ja else "Law", "、".join(form.law) or "—"),
        ("組合の回答" if ja else "Answers", ", ".join(form.answers)),
    ]
    command = f"validator template {form.name} -o {form.name}.xlsx"
    made = (
        "届書の宣言から作ったページです。直接は編集しません。"
        if ja
        else "Made from the declaration of the form; not to be edited."
    )
    lines = [
        f"# {title}",
        "",
        form.purpose.get(lang),
        "",
        f"{made} [{'English' if ja else '日本語'}]({form.name}{_SUFFIX['en' if ja else 'ja']})",
        "",
        *_rows(("事項", "内容") if ja else ("about", ""), facts),
        "",
        "## " + ("項目" if ja else "Fields"),
        "",
        *_fields(form, lang),
        "",
        ("入力シート: " if ja else "Input sheet: ") + f"`{command}`",
    ]
    return "\n".join(lines) + "\n"


def _fields(form: Form, lang: str) -> list[str]:
    ja = lang == "ja"
    heads = (
        ("見出し", "列", "必要", "書ける値", "説明", "空欄なら", "値を読む規則", "根拠")
        if ja
        else (
            "header",
            "column",
            "needed",
            "values",
            "meaning",
            "if blank",
            "value read by",
            "source",
        )
    )
    vocabulary = default_forms().vocabulary
    blank = {"warning": "FF001", "info": "FF002", "nothing": ""}
    rows = [
        (
            "、".join(next(c.ja for c in vocabulary.column if c.name == field.column)),
            f"`{field.column}`",
            need_words(field, lang),
            allowed_values(field, lang),
            field.note.get(lang) + (_example(field.example, lang)),
            blank[field.blank],
            ", ".join(field.checked_by) or "FF",
            "、".join(field.source),
        )
        for field in form.field
    ]
    return _rows(heads, rows)


def _example(example: str, lang: str) -> str:
    if not example:
        return ""
    return f" 例: {example}" if lang == "ja" else f" Example: {example}"


def _overview() -> str:
    heads = ("form", "name", "about", "membership", "needed", "hold classes")
    rows = []
    for form in default_forms().all():
        needed = [f"`{f.column}`" for f in form.field if f.required == "yes"]
        rows.append(
            (
                f"[{form.ja[0]}]({form.name}.md) [en]({form.name}.en.md)",
                f"`{form.name}`",
                _PERSON[form.person].en,
                _EFFECT[form.membership.effect].en,
                ", ".join(needed),
                " ".join(form.registry.classes),
            )
        )
    return "\n".join(_rows(heads, rows)) + "\n"


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return (
            "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
        )

    return [line(heads), "|" + "---|" * len(heads), *(line(row) for row in rows)]
