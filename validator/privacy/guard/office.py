"""Office files: workbooks by their cells, documents by their paragraphs, media left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from validator.privacy.guard.blob import Blob, RefusedError
from validator.privacy.guard.evidence import Evidence, Place, Reason
from validator.privacy.guard.grid import Grid
from validator.privacy.guard.judge import Judge
from validator.privacy.guard.names import search_name, shown_name
from validator.privacy.guard.office_xml import (
    NotXmlError,
    paragraphs,
    relations,
    sheet_cells,
    sheet_names,
)
from validator.privacy.guard.surroundings import Reading
from validator.privacy.guard.text import TextScanner

_STRINGS = "xl/sharedStrings.xml"
_MEDIA = re.compile(r"(?:^|/)(?:media|fonts|Pictures|Thumbnails|thumbnail)(?:/|\.)", re.IGNORECASE)
_MOST_STRINGS = 400 << 20


def is_office(members: Mapping[str, Blob]) -> bool:
    """Whether the members are the parts of an Office or OpenDocument file."""
    return "[Content_Types].xml" in members or ("mimetype" in members and "content.xml" in members)


def search_office(blob: Blob, members: Mapping[str, Blob], evidence: Evidence) -> None:
    """Every part with text; ``members`` by name."""
    from validator.privacy.guard.search import search_into

    done: set[str] = set()
    if "xl/workbook.xml" in members:
        try:
            done = _search_workbook(blob, members, evidence)
        except NotXmlError:
            evidence.refuse(Place(blob.member), Reason.DAMAGED)
    for name, part in members.items():
        if name in done or _MEDIA.search(name) or name.endswith(".rels"):
            continue
        if not name.endswith((".xml", ".vml")):
            search_into(part, evidence)
            continue
        try:
            with part.open() as stream:
                _search_lines(paragraphs(stream), Judge(evidence, Reading.DATA, part.member))
        except NotXmlError:
            search_into(part, evidence)
        except RefusedError as refused:
            evidence.refuse(Place(part.member), refused.reason)


def _search_workbook(blob: Blob, members: Mapping[str, Blob], evidence: Evidence) -> set[str]:
    """Search the cells of every sheet, hidden ones too; returns the parts that are done."""
    names = _names_of_sheets(members)
    strings = _shared_strings(members)
    used: set[int] = set()
    sheets = [
        name for name in members if name.startswith("xl/worksheets/") and name.endswith(".xml")
    ]
    for name in sheets:
        shown = shown_name(names.get(name, name))
        member = f"{blob.member}!{shown}" if blob.member else shown
        search_name(names.get(name, ""), evidence, member)
        grid = Grid(Judge(evidence, Reading.DATA, member))
        others: list[str] = []
        with members[name].open() as stream:
            for row, cells in sheet_cells(stream, strings, used, others):
                grid.row(row, cells)
        _search_lines(others, Judge(evidence, Reading.DATA, members[name].member))
    if _STRINGS in members:
        # Texts of cells that are no more: Excel keeps some.
        left = ("" if n in used else text for n, text in enumerate(strings))
        _search_lines(left, Judge(evidence, Reading.DATA, members[_STRINGS].member))
    return {*sheets, _STRINGS}


def _names_of_sheets(members: Mapping[str, Blob]) -> dict[str, str]:
    """Part of a sheet -> its name on the tab."""
    links = members.get("xl/_rels/workbook.xml.rels")
    if links is None:
        return {}
    with links.open() as stream:
        targets = relations(stream)
    with members["xl/workbook.xml"].open() as stream:
        named = sheet_names(stream)
    found = {}
    for identifier, name in named.items():
        target = targets.get(identifier, "")
        found[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = name
    return found


def _shared_strings(members: Mapping[str, Blob]) -> list[str]:
    if _STRINGS not in members:
        return []
    strings, left = [], _MOST_STRINGS
    with members[_STRINGS].open() as stream:
        for text in paragraphs(stream, ends=("si",)):
            left -= len(text) + 50
            if left < 0:
                raise RefusedError(Reason.TOO_LARGE)
            strings.append(text)
    return strings


def _search_lines(lines: Iterable[str], judge: Judge) -> None:
    """Each paragraph is a line of its own, whatever breaks it holds."""
    scanner = TextScanner(judge)
    for text in lines:
        scanner.feed(text.replace("\n", " ") + "\n")
    scanner.close()
