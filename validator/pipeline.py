"""The walk: read → normalise → look up → compare → rules → decide.

``judge`` is the record-local work: one pure function on one slice of records and their registry
rows. What needs the whole batch (duplicates) is computed around it. Slices give equal results.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

import polars as pl

from validator.batch import Batch
from validator.fields.address.site import PACKAGED, AddressSite
from validator.fields.address_facts import add_address_facts
from validator.fields.prepare import add_name_keys, prepare
from validator.fields.reading_facts import add_reading_facts
from validator.forms.field_facts import add_field_facts
from validator.forms.load import Forms, default_forms
from validator.forms.notice import notice_asked
from validator.hold.clearing import CLEARING_SCHEMA, Clearances, was_cleared
from validator.hold.decide import Verdict, add_conditions, decide
from validator.hold.difference import digests, sides
from validator.hold.explain import EVIDENCE_COLUMNS, EXPLAINED, NEEDED, explain
from validator.hold.policy import Policy
from validator.hold.release import release
from validator.hold.systematic import totals
from validator.match.companions import COMPANION_FLAGS, find_companions
from validator.match.duplicates import FLAGS, KEYS, find_duplicates
from validator.match.families import FAMILY_FLAGS, find_families
from validator.match.levels import ITEMS, REGISTRY_TEXT, add_levels, attach_holders
from validator.match.notation import notation_counts, notations
from validator.match.people import FAMILY_KEYS
from validator.match.relations import add_relations
from validator.output.record_id import record_ids
from validator.privacy.mask import mask_codes, mask_offices
from validator.registry.model import Registry
from validator.rules.engine import FINDING_SCHEMA, evaluate, findings
from validator.rules.form_ages import add_form_ages
from validator.rules.media import has_media_facts, media_facts
from validator.rules.model import Rule

SLICE_ROWS = 500_000  # at most: few, since large tables of patterns are compiled for each
SLICES_AT_ONCE = 2
DAYS_TO_REGISTER = 5
BATCH_FLAGS = (*FLAGS, *FAMILY_FLAGS, *COMPANION_FLAGS)
# What the ledger would say of a record, if it were asked.
_UNASKED = [(name, dtype) for name, dtype in CLEARING_SCHEMA.items() if name != "row"]
_MADE = ("received_on", "due_on", "findings", "notice_expected")
# Columns that reach the reports as submitted: a swapped column must not carry a value there.
_FREE_TEXT = ("office_code", "sheet")

RECORD_COLUMNS = (
    "record_id",
    "source_file",
    "sheet",
    "line",
    "block",
    "form",
    "office_code",
    "received_on",
    "verdict",
    "hold_class",
    "cause",
    "same_person",
    "action",
    "due_on",
    "level_my_number",
    *(f"level_{item}" for item in ITEMS),
    "findings",
    # Behind the columns of the contract, whose order stays.
    *("cause_detail", "repair", "repair_matches", "queue_position", "notice_expected"),
)


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Settings:
    """Everything a run depends on beside the batch and the registry."""

    as_of: date
    policy: Policy
    rules: tuple[Rule, ...]
    receiver: str = "association"
    lang: str = "ja"
    glyph_exceptions: tuple[str, ...] = ()
    address_site: AddressSite = PACKAGED
    forms: Forms = field(default_factory=default_forms)
    clearances: Clearances | None = None
    voice: bool = True  # pykakasi is asked too: without it, a note more on an unusual reading
    slice_rows: int = SLICE_ROWS
    progress: Callable[[int, int], None] = no_progress


@dataclass(frozen=True)
class Judged:
    """All records (`RECORD_COLUMNS`, `EVIDENCE_COLUMNS`, ``row`` …) and all findings.

    ``systematic``: the faults of whole senders (`validator.hold.systematic`). ``other_side``: the
    registry's items of every held or returned record, in clear: ``row`` and ``registry_*`` of
    `ITEMS`, null where there is no holder. Only the clerks' work list shows it. ``notation``: the
    differences of notation that were seen through (`validator.match.notation`). ``sides``: what a
    decision on such a record, or on one that was cleared, is about
    (`validator.hold.difference.sides`).
    """

    records: pl.DataFrame
    findings: pl.DataFrame
    not_evaluated: tuple[str, ...]
    systematic: pl.DataFrame
    other_side: pl.DataFrame
    notation: pl.DataFrame
    sides: pl.DataFrame

    @cached_property
    def digests(self) -> pl.DataFrame:
        """What ``sides`` comes to (`validator.hold.difference.digests`), for whoever asks."""
        return digests(self.sides)


@dataclass(frozen=True)
class Slice:
    """What `judge` makes of one slice; ``flagged``: the facts that explain what did not pass."""

    records: pl.DataFrame
    findings: pl.DataFrame
    not_evaluated: tuple[str, ...]
    flagged: pl.DataFrame
    other_side: pl.DataFrame
    sides: pl.DataFrame
    totals: pl.DataFrame
    notation: pl.DataFrame


def run(batch: Batch, registry: Registry | None, settings: Settings) -> Judged:
    """Judge every record of ``batch``; ``registry`` None means form checks only."""
    media = frozenset(s.index for s in batch.sources if s.format == "media")
    total = batch.frame.height
    rows = _rows_of_a_slice(total, settings.slice_rows)
    slices = list(batch.frame.iter_slices(rows)) or [batch.frame]
    # polars leaves the interpreter lock, so two slices at once fill what one leaves idle.
    with ThreadPoolExecutor(max_workers=SLICES_AT_ONCE) as pool:
        read = partial(prepare, media_sources=media, as_of=settings.as_of)
        prepared = list(pool.map(read, slices))
        holders = _holders(prepared, registry)
        prepared = list(pool.map(partial(_look_up, holders=holders), prepared))
        del holders
    together = _across_records(prepared)
    identifiers = record_ids(batch)
    marks = _marks_by_row(batch)

    def judged(position: int) -> Slice:
        facts, prepared[position] = prepared[position], pl.DataFrame()
        for of_the_batch in (identifiers, *together, marks):
            facts = facts.join(of_the_batch, on="row", how="left", maintain_order="left")
        facts = facts.with_columns(
            *(pl.col(flag).fill_null(value=False) for flag in BATCH_FLAGS),
            pl.col("marks").fill_null(""),
            is_media=pl.col("source").is_in(list(media)),
        )
        return judge(media_facts(facts, batch, settings.rules), registry, settings)

    results: list[Slice] = []
    with ThreadPoolExecutor(max_workers=SLICES_AT_ONCE) as pool:
        for position, result in enumerate(pool.map(judged, range(len(prepared)))):
            results.append(result)
            settings.progress(min(total, (position + 1) * rows), total)
    explained = explain(
        pl.concat([r.flagged for r in results]),
        pl.concat([r.totals for r in results]),
        registry,
        settings.rules,
        settings.policy.same_person_prior,
    )
    records = pl.concat([r.records for r in results])
    return Judged(
        records.join(explained.records, on="row", how="left", maintain_order="left").select(
            "row", "source", "line_index", *RECORD_COLUMNS, *EVIDENCE_COLUMNS
        ),
        pl.concat([r.findings for r in results]),
        tuple(sorted({code for r in results for code in r.not_evaluated})),
        explained.systematic,
        pl.concat([r.other_side for r in results]),
        notation_counts([r.notation for r in results]),
        pl.concat([r.sides for r in results], how="vertical_relaxed"),
    )


def _rows_of_a_slice(total: int, most: int) -> int:
    """Equal slices, as many as fill every round of `SLICES_AT_ONCE`."""
    slices = -(-total // most)
    if slices > 1:
        slices += -slices % SLICES_AT_ONCE
    return max(1, -(-total // max(1, slices)))


def judge(part: pl.DataFrame, registry: Registry | None, settings: Settings) -> Slice:
    """One slice of prepared records with their registry rows → its records and findings."""
    facts = add_levels(
        part,
        has_registry=registry is not None,
        glyph_exceptions=settings.glyph_exceptions,
        address_site=settings.address_site,
    )
    facts = add_conditions(facts, has_registry=registry is not None)
    facts = add_reading_facts(facts, has_registry=registry is not None, voice=settings.voice)
    facts = add_address_facts(facts, settings.address_site)
    facts = add_form_ages(facts)
    facts = add_field_facts(facts, settings.forms)
    facts = facts.with_columns(
        *(pl.lit(None, dtype=dtype).alias(name) for name, dtype in _UNASKED),
        receiver=pl.lit(settings.receiver),
    )
    # The items of electronic media are only there where such a file is.
    rules = tuple(r for r in settings.rules if has_media_facts(facts, r.family))
    evaluated = evaluate(facts, rules)
    broken = evaluated.broken
    verdicts = decide(
        facts, broken, rules, settings.policy, unevaluated=bool(evaluated.not_evaluated)
    )
    if settings.clearances is not None:
        facts, broken, verdicts = release(facts, broken, verdicts, rules, settings.clearances)
    found = findings(facts, broken, rules, settings.lang)
    by_row = found.sort("row", "order").group_by("row", maintain_order=True).agg(findings="code")
    facts = facts.join(verdicts, on="row", how="left", maintain_order="left").join(
        by_row, on="row", how="left", maintain_order="left"
    )
    flagged = facts.filter(pl.col("verdict") != Verdict.PASS.value)
    return Slice(
        _records(facts),
        _located(found, facts),
        evaluated.not_evaluated,
        flagged.select(NEEDED),
        flagged.select("row", *(pl.col(f"r_{item}").alias(f"registry_{item}") for item in ITEMS)),
        sides(facts.filter((pl.col("verdict") != Verdict.PASS.value) | was_cleared())),
        totals(facts),
        notations(facts),
    )


def _across_records(prepared: list[pl.DataFrame]) -> tuple[pl.DataFrame, ...]:
    """What only the whole batch can tell: one frame of flags for each kind of question."""
    keys = pl.concat([part.select(*KEYS, *FAMILY_KEYS) for part in prepared])
    with ThreadPoolExecutor(max_workers=SLICES_AT_ONCE) as pool:
        asked = (find_duplicates, find_families, find_companions)
        return tuple(pool.map(lambda find: find(keys), asked))


def _holders(prepared: list[pl.DataFrame], registry: Registry | None) -> pl.DataFrame | None:
    """The registry rows of all numbers of the batch, read once."""
    if registry is None:
        return None
    numbers = pl.concat([part.get_column("number") for part in prepared])
    return registry.holders(numbers.drop_nulls().unique())


def _look_up(part: pl.DataFrame, holders: pl.DataFrame | None) -> pl.DataFrame:
    """``part`` with its registry rows, and what they make known."""
    if holders is None:
        part = part.with_columns(
            *(pl.lit(None, dtype=pl.String).alias(f"r_{c}") for c in REGISTRY_TEXT),
            pl.lit(None, dtype=pl.Date).alias("r_n_birth"),
            pl.lit(None, dtype=pl.Int8).alias("r_n_sex"),
            pl.lit(None, dtype=pl.Boolean).alias("r_conflict"),
            known=pl.lit(False),
        )
    else:
        part = attach_holders(part, holders)
    return add_relations(add_name_keys(part))


def _records(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.select(
        "row",
        "source",
        "line_index",
        *(pl.col(c) for c in RECORD_COLUMNS if c not in (*_MADE, *EXPLAINED, *_FREE_TEXT)),
        mask_offices(facts["office_code"]),
        mask_codes(facts["sheet"]),
        received_on="received",
        due_on=pl.col("received").dt.offset_by(f"{DAYS_TO_REGISTER}d"),
        findings=pl.col("findings").fill_null([]),
        notice_expected=(pl.col("verdict") == Verdict.PASS.value) & notice_asked(),
    )


def _located(found: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """Findings with the place of their record, in the order of records and rules."""
    if found.is_empty():
        return found.with_columns(
            record_id=pl.lit(None, dtype=pl.String),
            source_file=pl.lit(None, dtype=pl.String),
            line=pl.lit(None, dtype=pl.Int64),
            verdict=pl.lit(None, dtype=pl.String),
        )
    places = facts.select("row", "record_id", "source_file", "line", "verdict")
    return found.sort("row", "order").join(places, on="row", how="left", maintain_order="left")


def _marks_by_row(batch: Batch) -> pl.DataFrame:
    """``row`` and ``marks`` ("|column:mark|column:mark|")."""
    return batch.marks.group_by("row", maintain_order=True).agg(
        marks=pl.lit("|") + pl.concat_str("column", pl.lit(":"), "mark").str.join("|") + pl.lit("|")
    )


__all__ = ["FINDING_SCHEMA", "Judged", "Settings", "judge", "run"]
