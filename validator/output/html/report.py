"""``report.html``: what a check found, for people (masked, in both languages, one file)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from validator.ledger.history import batch_token
from validator.output.flagged import flagged_people
from validator.output.html.cards import cards
from validator.output.html.changes import changes
from validator.output.html.cleared import cleared
from validator.output.html.differences import differences
from validator.output.html.overview import overview, sender_faults
from validator.output.html.page import render_page, write_page
from validator.output.html.places import file_word
from validator.output.html.queue import SHOWN, deadlines, queue
from validator.output.html.rules_used import rules_not_run, rules_used
from validator.output.html.tallies import causes, levels, not_compared, notation, offices
from validator.rules.model import Text

if TYPE_CHECKING:
    from validator.checking import Checked

INPUTS_SHOWN = 50
# So few records are shown open.
_OPEN_UP_TO = 10
# On paper a record takes most of a page: of more than these only the opened ones are printed.
_PRINTED_UP_TO = 20


def write_report(checked: Checked, path: Path, before: pl.DataFrame | None = None) -> None:
    """Write the report of ``checked`` to ``path`` (a new file, 0600).

    ``before``: the last runs of the senders (`validator.ledger.history.last_run_of`), None where no
    state is kept. Raises OutputError (7) through the staging around it.
    """
    write_page(path, render_report(checked, before))


def render_report(checked: Checked, before: pl.DataFrame | None = None) -> str:
    """The report as one page of HTML; equal input gives equal text."""
    people = flagged_people(checked).head(SHOWN)
    # Addresses are parsed by polars, which leaves the interpreter lock to the rest.
    with ThreadPoolExecutor(max_workers=1) as pool:
        masked = pool.submit(differences, people)
        context = _context(checked, before, people)
        settings, lines = checked.settings, context["lines"]
        findings = checked.judged.findings.join(
            people.select("record_id"), on="record_id", how="semi", maintain_order="left"
        )
        made = cards(
            people,
            lines,
            masked.result(),
            findings,
            settings.rules,
            settings.lang,
        )
    return render_page(
        "report.html.jinja",
        lang=settings.lang,
        cards=made,
        cards_open=len(lines) <= _OPEN_UP_TO,
        cards_on_paper=len(lines) <= _PRINTED_UP_TO,
        **context,
    )


def _context(checked: Checked, before: pl.DataFrame | None, people: pl.DataFrame) -> dict[str, Any]:
    settings, records = checked.settings, checked.judged.records
    flagged = records.filter(pl.col("verdict") != "pass")
    due = deadlines(flagged, settings.as_of)
    titles = {row.id: Text(row.title.ja, row.title.en) for row in settings.policy.classes}
    first_causes, more_causes = causes(checked)
    provenance = checked.summary.provenance
    by_level = levels(checked)
    return {
        "batch": batch_token(checked),
        "as_of": settings.as_of,
        "over": overview(checked, flagged, due.late, due.today),
        "faults": sender_faults(checked),
        "all_faults": len(checked.summary.systematic),
        "changes": None if before is None else changes(records, before),
        "causes": first_causes,
        "more_causes": more_causes,
        "offices": offices(checked, flagged),
        "deadlines": due,
        "cleared": cleared(checked),
        "lines": queue(list(people.iter_rows(named=True)), settings.as_of, titles, _forms(checked)),
        "flagged": flagged.height,
        "rules": rules_used(checked),
        "levels": by_level,
        "lacking": not_compared(by_level),
        "notation": notation(checked),
        "not_run": rules_not_run(checked),
        "counts": checked.summary.counts,
        "provenance": provenance,
        "inputs": [(file_word(i.file), i) for i in provenance.inputs[:INPUTS_SHOWN]],
        "all_inputs": len(provenance.inputs),
        "policy": Text(settings.policy.title.ja, settings.policy.title.en),
    }


def _forms(checked: Checked) -> dict[str, Text]:
    """Names of the forms of the batch."""
    forms = checked.settings.forms
    found = {}
    for name in checked.judged.records["form"].unique().to_list():
        if name in forms.names:
            form = forms.form(name)
            found[name] = Text(form.ja[0], form.en)
    return found
