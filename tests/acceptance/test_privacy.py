"""What may never leave the hand-over files: numbers, names, addresses."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, OWN, RECORD, number, write_batch, write_csv, write_registry

from shikaku_world.batches import World, make_batch
from shikaku_world.writers import write
from validator.rules.catalogue import all_rules

from .conftest import Run

HAND_OVER = ("accepted", "held", "returned")
FORMATS = ["text", "json", "jsonl", "csv", "sarif", "junit", "github"]


@pytest.fixture(scope="module")
def world() -> World:
    return make_batch(800, 3, AS_OF, "accuracy")


def digits(text: str) -> str:
    """Full-width digits as ASCII; the runs stay where they are."""
    return text.translate({0xFF10 + d: str(d) for d in range(10)})


def windows(text: str, length: int) -> set[str]:
    """All runs of ``length`` digits inside longer runs."""
    return {
        run[i : i + length]
        for run in re.findall(rf"\d{{{length},}}", digits(text))
        for i in range(len(run) - length + 1)
    }


def readable(path: Path) -> str:
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        return frame.with_columns(pl.col(pl.List(pl.String)).list.join(" ")).write_csv()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            # Theme and styles are the library's own: colours such as 000000.
            parts = [p for p in book.namelist() if not p.startswith(("xl/theme/", "xl/styles"))]
            return "\n".join(book.read(part).decode("utf-8") for part in parts)
    return path.read_bytes().decode("utf-8")


def test_no_number_of_a_large_mixed_world_leaves_the_hand_over_files(
    run: Run, tmp_path: Path, world: World
) -> None:
    write(world.batch, tmp_path / "batch.csv", "csv")
    write(world.registry, tmp_path / "registry.csv", "csv")
    given = [world.batch["my_number"], world.registry["my_number"]]
    if "insured_my_number" in world.batch.columns:
        given.append(world.batch["insured_my_number"])
    used = {re.sub(r"\D", "", digits(v)) for v in pl.concat(given).drop_nulls().to_list()}
    whole = {v for v in used if len(v) == 12}
    assert len(whole) > 1400
    parts = {v[i : i + 6] for v in sorted(whole)[:: len(whole) // 7] for i in range(7)}
    seen: dict[str, str] = {}
    for lang, style in (("ja", "text"), ("en", "text")):
        ran = run(
            "check",
            tmp_path / "batch.csv",
            "--registry",
            tmp_path / "registry.csv",
            "--out",
            tmp_path / f"out-{lang}",
            "--lang",
            lang,
            "--format",
            style,
        )
        seen[f"{lang} {style}"] = ran.out + ran.err
        for path in (tmp_path / f"out-{lang}").rglob("*"):
            if path.is_file() and path.stem not in HAND_OVER:
                seen[f"{lang} {path.name}"] = readable(path)
    for style in FORMATS:
        ran = run(
            "check",
            tmp_path / "batch.csv",
            "--registry",
            tmp_path / "registry.csv",
            "--format",
            style,
        )
        seen[style] = ran.out + ran.err
    assert len(seen) >= 16
    for name, text in seen.items():
        assert not windows(text, 12) & whole, name
        assert not windows(text, 6) & parts, name
    held = windows((tmp_path / "out-ja" / "accepted.csv").read_text(encoding="utf-8"), 12)
    assert held & whole  # the search does find numbers where they are


def test_names_and_addresses_stay_in_the_hand_over_files(
    run: Run, tmp_path: Path, world: World
) -> None:
    write(world.batch, tmp_path / "batch.csv", "csv")
    write(world.registry, tmp_path / "registry.csv", "csv")
    columns = ["name_kanji", "name_kana", "address", "birth_date"]
    secrets = {
        value for frame in (world.batch, world.registry) for column in columns
        for value in frame[column].drop_nulls().to_list() if len(value) >= 7
    }  # fmt: skip
    assert len(secrets) > 3000
    ran = run(
        "check",
        tmp_path / "batch.csv",
        "--registry",
        tmp_path / "registry.csv",
        "--out",
        tmp_path / "out",
    )
    findings = pl.read_parquet(tmp_path / "out" / "findings.parquet")
    texts = {
        "terminal": ran.out + ran.err,
        "summary": (tmp_path / "out" / "summary.json").read_text(encoding="utf-8"),
        "records": readable(tmp_path / "out" / "records.parquet"),
        "report": (tmp_path / "out" / "report.html").read_text(encoding="utf-8"),
        "messages": "\n".join(
            findings.select(pl.concat_str("message", "hint")).to_series().unique()
        ),
    }
    for style in FORMATS[1:]:
        out = run(
            "check",
            tmp_path / "batch.csv",
            "--registry",
            tmp_path / "registry.csv",
            "--format",
            style,
        ).out
        texts[style] = "\n".join(dict.fromkeys(out.splitlines()))
    # The days of reception and the due dates are no birth dates, even where they coincide.
    dates = re.compile(r"\d{4}-\d{2}-\d{2}")
    own = set(dates.findall("\n".join(world.batch["received_on"].drop_nulls().to_list())))
    # Nor is the day of a notice that a rule is taken from.
    notices = set(dates.findall("\n".join(s for rule in all_rules() for s in rule.source)))
    for name, text in texts.items():
        found = {s for s in secrets if s in text} if name != "records" else {
            s for s in secrets if s in text and not dates.fullmatch(s)
        }  # fmt: skip
        assert not found - own - notices - {AS_OF.isoformat()}, (name, sorted(found)[:3])


WRONG_COLUMNS = [
    "office_code", "insured_symbol", "insured_number", "branch_number", "name_kanji", "name_kana",
    "address", "postal_code", "birth_date", "sex", "acquired_on", "received_on", "no_number_reason",
    "certificate_needed", "certificate_reason", "relationship", "office_name",
]  # fmt: skip
WRITTEN = [
    lambda n: n,
    lambda n: n[1:],
    lambda n: f"{n[:4]}-{n[4:8]}-{n[8:]}",
    lambda n: f"{n[:4]} {n[4:8]} {n[8:]}",
    lambda n: n.translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
]


def test_a_number_in_a_wrong_column_goes_nowhere(run: Run, tmp_path: Path) -> None:
    rows, hidden = [], []
    for place, column in enumerate(WRONG_COLUMNS):
        for way, written in enumerate(WRITTEN):
            stray = number(30_303_030_303 + 7919 * (place * len(WRITTEN) + way))
            hidden.append(stray)
            rows.append({**RECORD, column: written(stray)})
    batch, registry = write_csv(tmp_path / "b.csv", rows), write_registry(tmp_path)
    ran = run("check", batch, "--registry", registry, "--out", tmp_path / "out")
    assert ran.code == 1
    texts = [ran.out, ran.err]
    files = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    texts += [readable(p) for p in files if p.stem not in HAND_OVER]
    for style in ("text", "json", "jsonl", "sarif"):
        texts.append(run("check", batch, "--registry", registry, "--format", style).out)
    for text in texts:
        bare = re.sub(r"(?<=\d)[- ](?=\d{4})", "", digits(text))
        assert not [stray for stray in hidden if stray[1:] in bare]


def test_a_number_in_a_file_name_is_refused_or_blotted_out(run: Run, tmp_path: Path) -> None:
    for name in (
        f"{OWN}.csv",
        f"届_{OWN[:4]}-{OWN[4:8]}-{OWN[8:]}.csv",
        f"{OWN[:4]} {OWN[4:8]} {OWN[8:]}.csv",
    ):
        batch = write_batch(tmp_path, {"sex": "9"}, name=name)
        out = tmp_path / f"out{len(name)}"
        ran = run("check", batch, "--out", out)
        assert ran.code in (1, 3)
        texts = [
            ran.out,
            ran.err,
            *(run("check", batch, "--format", style).out for style in FORMATS),
        ]
        if ran.code == 1:
            texts += [readable(p) for p in out.iterdir() if p.stem not in HAND_OVER]
            assert "●●●●" in (out / "summary.json").read_text(encoding="utf-8")
        for text in texts:
            assert OWN not in text.replace("-", "").replace(" ", "")


def test_a_time_in_a_file_name_stays(run: Run, tmp_path: Path) -> None:
    stamp = "202611230915"
    assert number(stamp[:11]) != stamp
    run("check", write_batch(tmp_path, name=f"{stamp}.csv"), "--out", tmp_path / "out")
    assert (
        json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["provenance"][
            "inputs"
        ][0]["file"]
        == f"{stamp}.csv"
    )


def test_wrong_usage_repeats_nothing(run: Run) -> None:
    for arguments in (["compare", "name", "x", "--kana", OWN], ["check", "b", f"--mynumber={OWN}"], [OWN], ["check", "b", "--format", OWN],
                      ["explain", OWN], ["demo", "--rows", OWN + "x"], ["check", "b", "--as-of", OWN], ["check", "b", "--policy", OWN]):  # fmt: skip
        ran = run(*arguments)
        assert ran.code == 2
        assert OWN not in ran.out + ran.err


def test_formulas_are_defused_in_the_csv_of_findings(run: Run, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, {"sex": "9"}, name="=cmd.csv")
    run("check", batch, "--out", tmp_path / "out")
    cells = [
        c
        for row in pl.read_csv(tmp_path / "out" / "findings.csv", infer_schema=False).rows()
        for c in row
        if c
    ]
    assert not [c for c in cells if c[0] in "=+-@\t\r＝＋－＠"]
    assert pl.read_parquet(tmp_path / "out" / "findings.parquet")["source_file"][0] == "=cmd.csv"


SLIPPED = ("鱻龘　靐䨺", "ヱヰ　ヱヹ", "1931-07-19", "昭和6年7月19日", "S6.7.19")


def test_what_slipped_into_the_code_of_the_employer_stays_out(run: Run, tmp_path: Path) -> None:
    write_batch(tmp_path, *({"office_code": value} for value in SLIPPED))
    write_registry(tmp_path)
    ran = run(
        "check",
        tmp_path / "batch.csv",
        *("--registry", tmp_path / "registry.csv", "--as-of", AS_OF.isoformat()),
        *("--out", tmp_path / "out"),
    )
    assert ran.code in (0, 1), ran.err
    for name in ("summary.json", "records.parquet", "findings.csv", "report.html"):
        text = readable(tmp_path / "out" / name)
        assert not [value for value in SLIPPED if value in text], name
    counts = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["counts"]
    assert sum(counts["by_office"].values()) == len(SLIPPED)
