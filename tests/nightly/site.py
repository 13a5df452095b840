"""A site with an inbox and a registry, whose nights pass as a test says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from clean_record import REGISTRY_ROW, number, write_batch, write_registry

from validator.cli.main import main

FIRST = date(2026, 11, 21)
PEOPLE = {
    name: {"name_kanji": kanji, "name_kana": kana, "my_number": number(body), "birth_date": birth}
    for name, kanji, kana, body, birth in (
        ("taro", "見本　太郎", "ミホン　タロウ", 27182818284, "1985-04-01"),
        ("hana", "試験　花子", "シケン　ハナコ", 31415926536, "1990-02-03"),
        ("ken", "例示　健", "レイジ　ケン", 16180339888, "1978-12-24"),
        ("yuki", "仮名　雪", "カメイ　ユキ", 14142135624, "1999-07-07"),
    )
}


class Site:
    """Folders below ``root``; ``night`` runs the job and returns what it said."""

    def __init__(self, root: Path, **nightly: object) -> None:
        self.root = root
        for name in ("inbox", "outbox", "quarantine", "reports"):
            (root / name).mkdir()
        self.inbox, self.outbox = root / "inbox", root / "outbox"
        self.clerks = root / "clerks"
        self.quarantine, self.reports = root / "quarantine", root / "reports"
        self.state, self.config = root / "state", root / "site.toml"
        self.settings: dict[str, object] = {"acknowledge_hours": 20, **nightly}
        self.registry_config: dict[str, object] = {"path": str(root / "registry.csv")}
        self.renew(*PEOPLE)
        self.codes: list[int] = []

    def renew(self, *people: str, as_of: str = "2026-11-20", **changed: Mapping[str, str]) -> None:
        """A registry with these people; ``changed``: what stands otherwise."""
        rows = [{**REGISTRY_ROW, **PEOPLE[p], **changed.get(p, {}), "as_of": as_of} for p in people]
        write_registry(self.root, *rows)

    def send(self, name: str, *records: Mapping[str, str | None]) -> Path:
        """Put a table into the inbox; a record is a person's, with changes."""
        return write_batch(self.inbox, *records, name=name)

    def write_config(self) -> None:
        lines = [f"state = {json.dumps(str(self.state))}", "[registry]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in self.registry_config.items()]
        lines.append("[nightly]")
        tables = {k: v for k, v in self.settings.items() if isinstance(v, dict)}
        for key in ("inbox", "outbox", "clerks", "quarantine", "reports"):
            if key not in self.settings:
                lines.append(f"{key} = {json.dumps(str(getattr(self, key)))}")
        lines += [
            f"{key} = {json.dumps(value)}"
            for key, value in self.settings.items()
            if key not in tables
        ]
        for key, table in tables.items():
            lines.append(f"[nightly.{key}]")
            lines += [f"{json.dumps(k)} = {json.dumps(v)}" for k, v in table.items()]
        self.config.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def night(self, day: int = 0, *options: str) -> dict[str, Any]:
        """Run the night ``day`` days after the first; its status."""
        self.write_config()
        moment = FIRST + timedelta(days=day)
        command = ["nightly", "--config", str(self.config), "--as-of", moment.isoformat()]
        self.codes.append(main([*command, "--quiet", *options]))
        return self.status()

    def status(self) -> dict[str, Any]:
        return json.loads((self.reports / "status.json").read_text(encoding="utf-8"))

    def alarms(self) -> set[str]:
        return {alarm["kind"] for alarm in self.status()["alarms"]}

    def waiting(self) -> list[str]:
        return names(self.inbox)

    def deliveries(self) -> dict[str, Path]:
        """Name of the submitted file, with a + behind it for each release, → folder in the outbox."""
        found = {}
        for folder in sorted(p.parent for p in self.outbox.glob("[!.]*/manifest.json")):
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            name = manifest["source"]["file"]
            while name in found:
                name += "+"
            found[name] = folder
        return found

    def results(self) -> dict[str, Path]:
        """The same names → what stays with the clerks."""
        return {name: self.clerks / folder.name for name, folder in self.deliveries().items()}

    def taken(self) -> list[str]:
        """Every line that a receiver may take, in any delivery."""
        lines: list[str] = []
        for folder in self.deliveries().values():
            for take in json.loads((folder / "manifest.json").read_text())["take"]:
                lines += (folder / take["file"]).read_text(encoding="utf-8").splitlines()[1:]
        return lines


def names(folder: Path) -> list[str]:
    """Names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def person(name: str, **changes: str | None) -> dict[str, str | None]:
    """A clean record of one of `PEOPLE`, with changes."""
    return {**PEOPLE[name], **changes}


def holds(site: Site) -> dict[str, str]:
    """State of every hold and return, by cause of its folder: line → state."""
    from validator.ledger import open_ledger
    from validator.nightly.holds import holds as all_holds
    from validator.nightly.tables import NIGHTS

    with open_ledger(site.state, [NIGHTS]) as ledger:
        frame = all_holds(ledger)
    return dict(frame.select(pl.col("hold"), pl.col("state")).iter_rows())
