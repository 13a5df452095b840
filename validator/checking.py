"""The main job: read, judge, write; used by the command line and the Python API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

import polars as pl

from validator.batch import Batch, read_batch
from validator.batch.opening import Submitted
from validator.batch.reader import batch_of_submitted
from validator.config import DEFAULT_POLICY, DEFAULT_RECEIVER, Config, LettersConfig
from validator.errors import BalanceError, UsageError
from validator.fields.address.site import load_site
from validator.fields.ahead import load_ahead
from validator.fields.registry_forms import add_normal_forms
from validator.forms.load import declared_forms
from validator.hold.policy import load_policy
from validator.ledger.clearances import Memory, recall
from validator.ledger.decisions import PART as DECISIONS
from validator.ledger.history import HISTORY, batch_token, last_run_of, record_run
from validator.ledger.seen import remember_run
from validator.ledger.store import Ledger, open_ledger
from validator.output.handover import DISPOSITIONS, hand_over, line_dispositions
from validator.output.letters import filed_of, refuse_unwritable, write_letters
from validator.output.staging import open_private, stage
from validator.output.summary import LedgerUsed, Summary, summarise
from validator.output.tables import (
    evidence_table,
    findings_table,
    for_spreadsheets,
    records_table,
)
from validator.output.worklist import FILE as WORKLIST
from validator.output.worklist import write_worklist
from validator.pipeline import Judged, Settings, no_progress, run
from validator.registry import Registry, RegistryInfo, open_registry
from validator.rules import configured_rules

# Japan has had no summer time since 1952, so a fixed offset needs no time-zone data.
JAPAN = timezone(timedelta(hours=9), "JST")


def today() -> date:
    """Today in Japan."""
    return datetime.now(JAPAN).date()


@dataclass(frozen=True)
class Options:
    """What the caller of a check asks for; None falls back to the configuration."""

    registry: Path | None = None
    out: Path | None = None
    as_of: date | None = None
    received_on: str | None = None
    policy: str | Path | None = None
    receiver: str | None = None
    form: str = "shikaku_shutoku"
    config: Config = field(default_factory=Config)
    lang: str = "ja"
    fail_on: str = "hold"
    overwrite: bool = False
    expect_empty: bool = False
    state: Path | None = None
    letters: Literal["html", "pdf", "none"] | None = None
    voice: bool = True
    progress: Callable[[int, int], None] = no_progress


@dataclass(frozen=True)
class Checked:
    """Result of a check."""

    batch: Batch
    judged: Judged
    settings: Settings
    summary: Summary
    registry: RegistryInfo | None
    letters: LettersConfig = field(default_factory=LettersConfig)
    memory: Memory | None = None

    def records(self) -> pl.DataFrame:
        """One row a record (contract section 4)."""
        return records_table(self.judged)

    def findings(self) -> pl.DataFrame:
        """One row a finding (contract section 4)."""
        return findings_table(self.judged, self.settings.rules, self.settings.lang)


def settings_of(options: Options) -> Settings:
    """The settings of a run; UsageError where the policy or a rule code is unknown."""
    config = options.config
    return Settings(
        as_of=options.as_of or today(),
        policy=load_policy(options.policy or config.policy or DEFAULT_POLICY),
        rules=configured_rules(config.rule_overrides()),
        receiver=options.receiver or config.receiver or DEFAULT_RECEIVER,
        lang=options.lang,
        glyph_exceptions=config.names.glyph_exceptions,
        address_site=load_site(
            config.addresses.town_renames, koaza_optional=config.addresses.koaza_optional
        ),
        forms=declared_forms(config.forms.folder),
        voice=options.voice,
        progress=options.progress,
    )


def check_files(paths: Sequence[Path], options: Options) -> Checked:
    """Read the files, judge every record and, with ``options.out``, write all outputs.

    With a state (``options.state`` or the configuration's) its clearances count, and the run is
    added to its history.
    """
    with ledger_of(options) as ledger:
        checked = check_with(paths, options, ledger)
        if ledger is not None:
            record_run(ledger, checked, datetime.now(JAPAN))
    return checked


@contextmanager
def ledger_of(options: Options) -> Iterator[Ledger | None]:
    """The open ledger of a state, for one run; None where no state is given."""
    state = options.state or options.config.state
    if state is None:
        yield None
        return
    with open_ledger(state, [DECISIONS, HISTORY]) as ledger:
        yield ledger


def check_with(paths: Sequence[Path], options: Options, ledger: Ledger | None) -> Checked:
    """`check_files` with a ledger that the caller has opened; adds nothing to its history."""
    settings, memory = recalled(settings_of(options), options, ledger)
    if options.out is None:
        return _judge(paths, options, settings, memory)
    refuse_unwritable(letters_config(options))
    registry_path = options.registry or options.config.registry.path
    inputs = [*paths, *([registry_path] if registry_path else [])]
    with stage(options.out, options.overwrite, protect=inputs, replaces="summary.json") as folder:
        checked = _judge(paths, options, settings, memory)
        write_outputs(checked, folder.path, runs_before(checked, ledger))
        if ledger is not None:
            remember_run(ledger, checked)
    return checked


def recalled(
    settings: Settings, options: Options, ledger: Ledger | None
) -> tuple[Settings, Memory | None]:
    """The settings with the clearances of ``ledger``, and what else it knows."""
    if ledger is None:
        return settings, None
    memory = recall(ledger, settings.as_of, options.config.clearances.max_age_days)
    return replace(settings, clearances=memory.clearances), memory


def letters_config(options: Options) -> LettersConfig:
    """The letters of a run: the configuration's, in the format that the caller asks for."""
    config = options.config.letters
    return config.model_copy(update={"write": options.letters}) if options.letters else config


def runs_before(checked: Checked, ledger: Ledger | None) -> pl.DataFrame | None:
    """The last other run of each sender of the batch; None without a ledger."""
    if ledger is None:
        return None
    senders = checked.judged.records["office_code"].fill_null("").unique().to_list()
    return last_run_of(ledger, senders, but=batch_token(checked))


def check_submitted(files: Iterable[Submitted], options: Options) -> Checked:
    """Judge files whose bytes are in memory; writes nothing, and no ledger counts."""
    settings = settings_of(options)
    load_ahead()
    registry = _registry(options, settings.as_of)
    batch = batch_of_submitted(
        files,
        default_form=options.form,
        headers=options.config.headers,
        received_on=options.received_on,
        expect_empty=options.expect_empty,
        forms=settings.forms,
    )
    return judge_batch(batch, registry, options, settings)


def _judge(
    paths: Sequence[Path], options: Options, settings: Settings, memory: Memory | None
) -> Checked:
    load_ahead()
    registry = _registry(options, settings.as_of)
    batch = read_batch(
        paths,
        default_form=options.form,
        headers=options.config.headers,
        received_on=options.received_on,
        expect_empty=options.expect_empty,
        forms=settings.forms,
    )
    return judge_batch(batch, registry, options, settings, memory)


def judge_batch(
    batch: Batch,
    registry: Registry | None,
    options: Options,
    settings: Settings,
    memory: Memory | None = None,
) -> Checked:
    """Judge a batch that is already read."""
    judged = run(batch, registry, settings)
    lines = dict.fromkeys(DISPOSITIONS, 0)
    for source in batch.sources:
        for disposition, n in line_dispositions(judged.records, source).value_counts().iter_rows():
            lines[disposition] += n
    info = registry.info if registry is not None else None
    used = None
    if memory is not None:
        known = memory.clearances
        used = LedgerUsed(
            name=memory.name, clearances=known.in_force, max_age_days=known.max_age_days
        )
    summary = summarise(
        batch, judged, settings, info, lines=lines, fail_on=options.fail_on, ledger=used
    )
    return Checked(batch, judged, settings, summary, info, letters_config(options), memory)


def _registry(options: Options, as_of: date) -> Registry | None:
    path = options.registry or options.config.registry.path
    if path is None:
        return None
    return open_registry(
        path,
        normalise=add_normal_forms,
        max_age_days=options.config.registry.max_age_days,
        as_of=as_of,
    )


def write_outputs(checked: Checked, folder: Path, before: pl.DataFrame | None = None) -> None:
    """All files of contract section 4, counted again from what was written.

    ``before``: the last runs of the senders (`validator.ledger.history.last_run_of`).
    """
    # polars, zlib and the disk leave the interpreter lock, so that one fills what another leaves.
    with ThreadPoolExecutor(max_workers=2) as pool:
        worklist = pool.submit(write_worklist, checked, folder / WORKLIST)
        letters = pool.submit(write_letters, filed_of(checked), folder / "letters")
        _write_tables(checked, folder)
        _write_report(checked, folder, before)
        worklist.result()
        letters.result()
    with open_private(folder / "summary.json") as file:
        file.write((checked.summary.model_dump_json(indent=2) + "\n").encode())


def _write_report(checked: Checked, folder: Path, before: pl.DataFrame | None) -> None:
    from validator.output.html.report import write_report

    write_report(checked, folder / "report.html", before)


def _write_tables(checked: Checked, folder: Path) -> None:
    """The hand-over files and the tables, counted again."""
    written = hand_over(checked.batch, checked.judged.records, folder)
    records = checked.records()
    with open_private(folder / "records.parquet") as file:
        records.write_parquet(file, compression="zstd")
    with open_private(folder / "evidence.parquet") as file:
        evidence_table(checked.judged).write_parquet(file, compression="zstd")
    findings = checked.findings()
    with open_private(folder / "findings.parquet") as file:
        findings.write_parquet(file, compression="zstd")
    with open_private(folder / "findings.csv") as file:
        for_spreadsheets(findings).write_csv(file)
    again = pl.scan_parquet(folder / "records.parquet").group_by("verdict").len().collect()
    by_verdict = {"pass": 0, "hold": 0, "return": 0} | dict(again.iter_rows())
    counts = checked.summary.counts
    if by_verdict != counts.by_verdict or [written[d] for d in DISPOSITIONS] != [
        counts.accepted,
        counts.held,
        counts.returned,
    ]:
        raise BalanceError(
            "書き出した件数が、判定した件数と一致しません。結果は破棄しました。開発者に連絡してください。",
            "written and judged records do not balance; nothing was kept. Report this",
        )


def parse_day(text: str, option: str) -> date:
    """A day given on the command line in ISO form; UsageError otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} は 2026-11-23 のような日付で指定してください。",
            f"{option} takes a date such as 2026-11-23",
        ) from None
