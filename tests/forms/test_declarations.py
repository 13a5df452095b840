"""The ten declarations: complete, consistent with each other, and refused with a clear word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator.batch.columns import columns_by_header
from validator.errors import UsageError
from validator.forms import load as loading
from validator.forms.check_digits import plain_digits
from validator.forms.describe import shown_word
from validator.forms.field_checks import code_state
from validator.forms.load import default_forms, load_forms
from validator.forms.pages import form_pages, form_schemas
from validator.resources import schemas_dir
from validator.rules import all_rules

FORMS = default_forms()
# Contract, section 2: columns that belong to a form beside the common ones.
OWN = {
    "hifuyosha_ido": "change_type insured_name_kanji insured_name_kana insured_birth_date"
    " insured_my_number living_together occupation annual_income event_on event_reason",
    "shikaku_soshitsu": "lost_on left_on loss_cause certificates_returned"
    " certificates_not_returned not_returned_reason elderly_certificate",
    "shimei_henko": "old_name_kanji old_name_kana changed_item changed_on change_reason",
    "kisai_jiko_henko": "old_name_kanji old_name_kana changed_item changed_on change_reason",
    "kakuninsho_funshitsu": "loss_kind certificate_attached circumstances",
    "kakuninsho_funshitsu_soshitsugo": "loss_kind certificate_attached circumstances lost_on",
    "oshirase_saikofu": "cannot_login",
    "riyo_toroku_kaijo": "reason",
}
IDENTIFICATION = "form office_code insured_symbol insured_number branch_number my_number name_kanji"
IDENTIFICATION += " name_kana birth_date sex postal_code address received_on member_kind"


def test_there_are_ten_forms_and_every_file_is_one_of_them() -> None:
    files = {path.stem for path in (schemas_dir() / "forms").glob("*.toml")}
    assert len(FORMS.names) == 10
    assert files == {*FORMS.names, "columns", "common"}


@pytest.mark.parametrize("name", FORMS.names)
def test_a_form_declares_what_the_contract_gives_it(name: str) -> None:
    declared = {field.column for field in FORMS.form(name).field}
    assert {*IDENTIFICATION.split(), *OWN.get(name, "").split()} <= declared


@pytest.mark.parametrize("name", FORMS.names)
def test_every_name_of_a_form_leads_to_it(name: str) -> None:
    form = FORMS.form(name)
    for written in (name, name.upper(), f" {form.ja[0]}　", *form.ja):
        assert FORMS.named(written) is form


def test_no_two_forms_share_a_name() -> None:
    names = [ja for form in FORMS.all() for ja in form.ja]
    assert len(names) == len(set(names))
    assert FORMS.named("住所変更届") is None


@pytest.mark.parametrize("name", FORMS.names)
def test_checked_by_names_families_that_exist_and_look_at_the_field(name: str) -> None:
    families = {rule.family for rule in all_rules()}
    for field in FORMS.form(name).field:
        assert set(field.checked_by) <= families | {"reader"}


@pytest.mark.parametrize("name", FORMS.names)
def test_lists_know_their_own_words_and_examples(name: str) -> None:
    for field in FORMS.form(name).field:
        for value in field.codes:
            for word in (value.code, *value.words, shown_word(value)):
                assert code_state(word, field) is None
        if field.type == "code" and field.strict in ("closed", "codes") and field.example:
            assert code_state(field.example, field) is None
        if field.type == "digits" and field.example:
            assert len(plain_digits(field.example)) in field.lengths
        assert len(field.example) <= field.max_chars


def test_additions_are_the_two_forms_of_the_contract() -> None:
    assert [form.name for form in FORMS.all() if form.addition] == [
        "shikaku_shutoku",
        "hifuyosha_ido",
    ]
    assert FORMS.form("shikaku_soshitsu").membership.effect == "removes"


def test_nothing_is_demanded_of_the_cancelled_registration() -> None:
    fields = FORMS.form("riyo_toroku_kaijo").field
    assert [f.column for f in fields if f.blank != "nothing"] == []
    assert next(f for f in fields if f.column == "reason").required == "no"


def test_pages_and_json_schemas_are_current() -> None:
    root = schemas_dir().parent
    stale = [
        str(path)
        for path, text in form_pages().items()
        if (root / path).read_text(encoding="utf-8") != text
    ]
    assert stale == []


def test_every_file_points_an_editor_to_its_schema() -> None:
    made = {path.name for path in form_schemas()}
    for path in (schemas_dir() / "forms").glob("*.toml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        kind = path.stem if path.stem in ("columns", "common") else "form"
        assert first == f"#:schema {kind}.schema.json"
        assert first.removeprefix("#:schema ") in made


def test_a_json_schema_knows_every_key_of_the_files() -> None:
    schema = json.loads(form_schemas()[Path("schemas/forms/form.schema.json")])
    assert schema["additionalProperties"] is False
    assert {"name", "membership", "registry", "field"} <= set(schema["required"])
    assert "strict" in schema["$defs"]["FieldPatch"]["properties"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('required = "yes"', 'required = "maybe"', "field[form].required"),
        ('column = "lost_on"', 'column = "lost_in"', "field[lost_in]"),
        ('effect = "removes"', 'effect = "removes"\nefect = "x"', "membership.efect"),
        ('person = "insured"', 'person = "nobody"', "person"),
        ('column = "left_on"', 'column = "lost_on"', "field[lost_on]"),
        ('strict = "codes"', 'strict = "sometimes"', "field[loss_cause].strict"),
        ('words = ["死亡"]', 'words = ["退職"]', "field[loss_cause]"),
        ("version = 1", "version = ", None),
    ],
)
def test_a_wrong_declaration_names_file_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, key: str | None
) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    for path in (schemas_dir() / "forms").glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "shikaku_soshitsu":
            assert old in text
            text = text.replace(old, new, 1)
        (folder / path.name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(loading, "schemas_dir", lambda: tmp_path)
    forms = load_forms(None)
    assert forms.form("shimei_henko").name == "shimei_henko"
    with pytest.raises(UsageError) as caught:
        forms.form("shikaku_soshitsu")
    assert caught.value.file == "shikaku_soshitsu.toml"
    assert key is None or key in caught.value.en
    assert key is None or key in caught.value.ja


def test_headers_of_all_columns_are_known() -> None:
    by_header = columns_by_header()
    for form in FORMS.all():
        for field in form.field:
            assert field.column in by_header.values()
