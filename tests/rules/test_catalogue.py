"""What holds for every rule, and what a site may change about them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from clean_record import (
    AS_OF,
    RECORD,
    REGISTRY_COLUMNS,
    REGISTRY_ROW,
    write_batch,
    write_csv,
    write_registry,
)

import validator.checking
from validator.batch.columns import canonical_columns
from validator.checking import Checked, Options, check_files
from validator.config import load_config
from validator.errors import UsageError
from validator.output.tables import masked
from validator.pipeline import Settings
from validator.rules import Effect, Example, Rule, Severity, Text, all_rules
from validator.rules.catalogue import configured_rules

RULES = all_rules()
FIELDS = set(canonical_columns())


def check(folder: Path, config: str = "", **options: object) -> Checked:
    (folder / "site.toml").write_text(config, encoding="utf-8")
    path = write_batch(folder, *options.pop("batch", ({},)))  # type: ignore[misc]
    registry = write_registry(folder)
    given = Options(registry=registry, as_of=AS_OF, config=load_config(folder / "site.toml"))
    return check_files([path], given)


def test_codes_and_slugs_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.slug for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", rule.code) for rule in RULES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.slug) for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_declaration_is_whole_in_both_languages(rule: Rule) -> None:
    for text in (rule.message, rule.hint, rule.why, rule.cannot_see):
        assert text.ja.strip() and text.en.strip()
        assert re.search("[ぁ-ヺ一-鿿]", text.ja)
        assert re.search("[A-Za-z]", text.en)
    assert rule.message.ja.endswith("。")
    assert rule.source and all(rule.source)
    assert rule.field is None or rule.field in FIELDS
    for lang in ("ja", "en"):
        assert set(re.findall(r"\{(\w+)\}", rule.message.get(lang))) == set(rule.params)


def test_severity_error_is_what_returns_or_holds() -> None:
    for rule in RULES:
        assert (rule.severity is Severity.ERROR) == (rule.effect is not Effect.NONE), rule.code


def _canary(column: str) -> str:
    """A value of its own for every column, in the script of the column."""
    places = "春夏秋冬東西南北"
    return "".join(places[b % 8] for b in column.encode()) + "".join(
        chr(0x30A2 + b % 60) for b in column.encode()
    )


def test_no_message_or_hint_holds_a_submitted_value(tmp_path: Path) -> None:
    """All bad examples, with a canary in every column that they leave free."""
    free = ["office_name", "name_kanji", "name_kana", "address", "birth_date", "certificate_reason",
            "relationship", "occupation", "event_reason", "change_reason", "circumstances", "reason",
            "no_number_reason", "changed_item", "insured_name_kanji", "insured_name_kana", "old_name_kanji",
            "remarks", "loss_cause", "not_returned_reason", "elderly_certificate", "annual_income", "remittance",
            "member_kind", "submitted_via", "living_together", "invalid_condition", "overseas_exception"]  # fmt: skip
    canaries = {column: _canary(column) for column in free}
    rows = [{**RECORD, **canaries}]
    for rule in RULES:
        for example in rule.bad:
            if example.source == "table" and "{" not in str(list(example.record.values())):
                own = {k: v for k, v in canaries.items() if k not in example.record}
                some = {k: v for n, (k, v) in enumerate(own.items()) if n % 2}
                rows += [{**RECORD, **own, **example.record}, {**RECORD, **some, **example.record}]
    batch = write_csv(tmp_path / "b.csv", rows)
    registry = write_csv(tmp_path / "r.csv", [REGISTRY_ROW], REGISTRY_COLUMNS)
    for lang in ("ja", "en"):
        checked = check_files([batch], Options(registry=registry, as_of=AS_OF, lang=lang))
        shown = masked(checked.findings())
        assert len(set(shown["code"])) > 40
        text = "\n".join(shown.select(pl.concat_str("message", "hint")).to_series().unique())
        for value in {
            **canaries,
            **{k: v for k, v in RECORD.items() if len(v or "") > 3 and k != "form"},
        }.values():
            assert value not in text
        for column in ("name_kanji", "name_kana", "address"):
            assert canaries[column][:4] not in text
        assert not re.search(r"\d{6}", text)
        assert shown["suggestion"].null_count() == shown.height


def test_severity_and_effect_are_a_sites_choice(tmp_path: Path) -> None:
    before = check(tmp_path, batch=({"postal_code": "108-0073"},))
    assert before.records()["verdict"].to_list() == ["pass"]
    after = check(
        tmp_path,
        '[rules.AD005]\nseverity = "error"\neffect = "return"\n',
        batch=({"postal_code": "108-0073"},),
    )
    assert after.records()["verdict"].to_list() == ["return"]
    assert after.findings().select("code", "severity", "effect").rows() == [
        ("AD005", "error", "return")
    ]


@pytest.mark.parametrize("lowered", ['effect = "none"', 'off = true\nreason = "台帳の読みが古い"'])
def test_lowering_a_rule_lowers_the_hold_of_its_level_only(tmp_path: Path, lowered: str) -> None:
    batch = (
        {"name_kana": "ミボン　タロウ"},
        {"name_kana": "ゼンゼン　チガウ", "my_number": "{same}"},
    )
    config = f"[rules.KN021]\n{lowered}\n"
    checked = check(tmp_path, config, batch=batch)
    levels = checked.records()["level_name_kana"].to_list()
    assert levels == ["similar", "similar"]  # the kanji name agrees, so both are near misses
    assert checked.records()["verdict"].to_list() == ["pass", "pass"]
    other = check(tmp_path, f"[rules.KN020]\n{lowered}\n", batch=batch)
    assert other.records()["hold_class"].to_list() == ["N", "N"]


def test_a_rule_is_only_switched_off_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        check(tmp_path, "[rules.MN003]\noff = true\n")
    assert "MN003" in refused.value.render("ja")
    checked = check(
        tmp_path,
        '[rules.AD005]\noff = true\nreason = "合併後の住所"\n',
        batch=({"postal_code": "108-0073"},),
    )
    assert checked.findings().is_empty()


@pytest.mark.parametrize(
    "config",
    [
        '[rules.ZZ999]\neffect = "none"\n',
        '[rules.MN003]\neffect = "maybe"\n',
        '[rules.MN003]\nlevel = "x"\n',
        "polcy = 'x'\n",
        "[[[",
    ],
)
def test_wrong_configurations_are_refused(tmp_path: Path, config: str) -> None:
    with pytest.raises(UsageError):
        check(tmp_path, config)


def _python_crash(series: pl.Series) -> pl.Series:
    raise RuntimeError(str(series[0]))


CRASHES: list[Callable[[], pl.Expr]] = [
    lambda: pl.col("no_such_column") == "x",
    lambda: pl.col("address").cast(pl.Int64) > 0,
    lambda: pl.col("name_kanji").map_batches(_python_crash, return_dtype=pl.Boolean),
    lambda: pl.col("birth") + pl.col("name_kana") > 1,
]


@pytest.mark.parametrize("crash", CRASHES, ids=["column", "cast", "python", "types"])
def test_a_crashing_rule_is_no_finding_and_never_a_pass(
    tmp_path: Path,
    crash: Callable[[], pl.Expr],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    original = validator.checking.settings_of

    def with_broken_rule(options: Options) -> Settings:
        settings = original(options)
        broken = replace(settings.rules[0], code="ZZ001", slug="broken", when=crash())
        return replace(settings, rules=(*settings.rules, broken))

    monkeypatch.setattr(validator.checking, "settings_of", with_broken_rule)
    checked = check(tmp_path, batch=({}, {"my_number": None}))
    records = checked.records()
    assert records["verdict"].to_list() == ["hold", "return"]
    assert records["hold_class"].to_list() == ["S", None]
    assert checked.summary.status == "not_evaluated"
    assert checked.summary.provenance.rules_not_evaluated == ["ZZ001"]
    assert "ZZ001" not in checked.findings()["code"]
    assert checked.summary.exit_code == 1
    assert (RECORD["address"] or "") not in "".join(capfd.readouterr())


def test_words_that_cannot_be_made_leave_the_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = validator.checking.settings_of

    def with_broken_words(options: Options) -> Settings:
        settings = original(options)
        broken = replace(
            settings.rules[0], code="ZZ002", slug="wordless", when=pl.lit(True) & pl.col("known"),
            message=Text("値は {x} です。", "it is {x}"), params={"x": pl.col("nowhere")},
            severity=Severity.INFO, effect=Effect.NONE, bad=(Example(),),
        )  # fmt: skip
        return replace(settings, rules=(*settings.rules, broken))

    monkeypatch.setattr(validator.checking, "settings_of", with_broken_words)
    found = check(tmp_path).findings()
    assert found.select("code", "message").rows() == [("ZZ002", "値は ? です。")]


def test_effects_of_a_configuration_reach_the_catalogue() -> None:
    rules = {r.code: r for r in configured_rules({"SX002": {"severity": "info", "effect": "none"}})}
    assert (rules["SX002"].severity, rules["SX002"].effect) == (Severity.INFO, Effect.NONE)
    assert rules["SX001"].effect is Effect.RETURN
