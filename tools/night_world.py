"""Sixty nights of a small association: what its employers send, and what is wrong on which night.

Everything is decided beforehand from one seed: the files, the truth about each line, the registry
of each week, and the alarms that have to be raised. Nobody is real.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl

from shikaku_world.batches import make_batch
from shikaku_world.writers import write

FIRST = date(2026, 10, 1)  # a Thursday
LINE = "受付番号"
ALL = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WORKING = ALL[:5]
# Sender → the days on which it sends, and records in a file.
SENDERS = {
    "1001": (ALL, 9), "1002": (ALL, 7), "1003": (WORKING, 10), "1004": (WORKING, 8),
    "1005": (["mon", "wed", "fri"], 9), "1006": (["tue", "thu"], 9),
}  # fmt: skip
SUFFIXES = {"1001": "csv", "1002": "jsonl", "1003": "csv", "1004": "xlsx", "1005": "parquet",
            "1006": "csv"}  # fmt: skip
DAMAGE = {"kana": 0.025, "address": 0.015, "number": 0.01, "sex": 0.005}
VERDICTS = {"kana": "hold", "address": "hold", "sex": "hold", "number": "return", "": "pass"}


@dataclass(frozen=True)
class Faults:
    """Night → what goes wrong; alarms that follow are in `alarms`."""

    sender_missing: int = 5
    nothing_sent: int = 9
    broken_file: int = 12
    stale_registry: int = 15
    not_acknowledged: int = 20
    rate_jumps: int = 26
    few_records: int = 33
    sent_again: int = 36
    half_copied: int = 38
    many_records: int = 40
    registry_in_inbox: int = 44
    wrong_acknowledgement: int = 47
    holds_unanswered: int = 50
    answered_after: int = 57

    def alarms(self) -> dict[int, set[str]]:
        """Which alarms have to be raised on which night; on all others none."""
        due = self.holds_unanswered + 4
        return {
            self.sender_missing: {"sender_missing"},
            self.nothing_sent: {"input_missing", "sender_missing"},
            self.broken_file: {"quarantined"},
            self.stale_registry: {"registry"},
            self.not_acknowledged + 1: {"unacknowledged"},
            self.rate_jumps: {"drift"},
            self.few_records: {"count_low"},
            self.many_records: {"count_high"},
            self.registry_in_inbox: {"quarantined"},
            self.wrong_acknowledgement + 1: {"acknowledged_other", "unacknowledged"},
            due - 1: {"hold_due"},
            due: {"hold_due"},
            **{night: {"hold_overdue"} for night in range(due + 1, self.answered_after)},
        }


@dataclass
class Night:
    """Files to put into the inbox, and the truth: line → verdict when it is first judged."""

    files: list[Path] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    registry: Path | None = None


@dataclass
class Plan:
    """All nights; ``released``: lines that a renewed registry lets out, and in which night."""

    nights: list[Night]
    faults: Faults
    senders: tuple[str, ...]
    released: dict[str, int]

    def day(self, night: int) -> date:
        """The day of a night."""
        return FIRST + timedelta(days=night)


class _Maker:
    def __init__(
        self, folder: Path, nights: int, seed: int, senders: tuple[str, ...], faults: Faults
    ) -> None:
        self.folder, self.count, self.random = folder, nights, Random(seed)
        self.senders, self.faults = senders, faults
        a_night = sum(SENDERS[sender][1] for sender in senders) + 3
        world = make_batch(nights * a_night + 2 * a_night, seed, FIRST, "clean")
        self.rows = iter(world.batch.with_row_index("at").to_dicts())
        self.registry = {row["my_number"]: row for row in world.registry.to_dicts()}
        self.columns = world.registry.columns
        self.others = world.batch.sample(min(200, world.batch.height), seed=seed).to_dicts()
        self.plan = Plan([Night() for _ in range(nights)], faults, senders, {})
        self.lines = 0
        self.corrections: dict[int, dict[str, list[dict[str, str]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.moves: dict[int, list[tuple[str, str]]] = defaultdict(list)

    def make(self) -> Plan:
        for night in range(self.count):
            self._night(night)
        self._registries()
        return self.plan

    def _night(self, night: int) -> None:
        faults, weekday = self.faults, ALL[self.plan.day(night).weekday()]
        corrections = self.corrections.pop(night, {})
        if night == faults.nothing_sent:
            self.corrections[night + 1] = corrections  # the post is late
            return
        for sender in self.senders:
            days, size = SENDERS[sender]
            if night == faults.sender_missing and sender == self.senders[-1]:
                continue
            if weekday in days:
                self._file(night, sender, self._size(night, size))
        for sender, rows in corrections.items():
            self._write(night, f"{sender}-corrections-{night}.csv", rows)
        extra = self.folder / f"{night:02}"
        if night == faults.broken_file:
            self._raw(night, "broken.csv", b"my_number,name_kanji\n1,2,3\n")
        if night == faults.half_copied:
            self._raw(night, "more.csv.part", b"my_number,na")
        if night == faults.sent_again:
            again = self.plan.nights[night - 1].files[0]
            self._raw(night, "again.csv", again.read_bytes())
        if night == faults.registry_in_inbox:
            path = extra / "residents.csv"
            write(self._frame(list(self.registry.values())[:40], self.columns), path, "csv")
            self.plan.nights[night].files.append(path)

    def _size(self, night: int, size: int) -> int:
        if night == self.faults.few_records:
            return 1
        if night == self.faults.many_records:
            return 3 * size
        return size + self.random.randint(-2, 2)

    def _file(self, night: int, sender: str, size: int) -> None:
        rows = []
        for at in range(size):
            row = self._row(night, sender)
            damage = self._damage(night, sender, at)
            if damage:
                self._follow(night, sender, dict(row), damage, self._damaged(row, damage))
            self.plan.nights[night].truth[row[LINE]] = VERDICTS[damage]
            rows.append(row)
        self._write(night, f"{sender}-{night}.{SUFFIXES[sender]}", rows)

    def _row(self, night: int, sender: str) -> dict[str, str]:
        row = dict(next(self.rows))
        person = row.pop("at")
        day = self.plan.day(night)
        return row | {
            "office_code": sender, "insured_number": f"{person + 1}", "insured_symbol": "1",
            "received_on": (day - timedelta(days=1)).isoformat(),
            "acquired_on": (day - timedelta(days=3)).isoformat(), LINE: self._line(),
        }  # fmt: skip

    def _line(self) -> str:
        self.lines += 1
        return f"L{self.lines}"

    def _damage(self, night: int, sender: str, at: int) -> str:
        faults = self.faults
        if night == faults.rate_jumps and at % 2:
            return "kana"
        first, last = self.senders[0], self.senders[-1]
        if night == faults.holds_unanswered and sender == first and at < 3:
            return "kana"
        if ALL[self.plan.day(night).weekday()] == "fri" and sender == first and at == 0:
            return "address"
        if sender == last and night + 1 == faults.sender_missing:
            return ""
        dice = self.random.random()
        for damage, share in DAMAGE.items():
            if dice < share:
                return damage
            dice -= share
        return ""

    def _damaged(self, row: dict[str, str], damage: str) -> dict[str, str]:
        """Damage the row in place."""
        if damage == "number":
            digits = row["my_number"]
            row["my_number"] = digits[:-1] + str((int(digits[-1]) + 5) % 10)
        elif damage == "sex":
            row["sex"] = {"1": "2", "2": "1"}[row["sex"]]
        elif damage == "kana":
            row["name_kana"] = self._other(row, "name_kana")
        else:
            row["address"] = self._other(row, "address")
        return row

    def _other(self, row: dict[str, str], item: str) -> str:
        """Another person's item, which nobody takes for a way of writing this one's."""
        others = (self.random.choice(self.others)[item] for _ in range(1000))
        return next(o for o in others if o[:6] != row[item][:6])

    def _follow(
        self, night: int, sender: str, right: dict[str, str], damage: str, wrong: dict[str, str]
    ) -> None:
        """What happens next: a corrected form, or a registry that learns of the move."""
        faults, day = self.faults, self.plan.day(night)
        if damage == "address" and ALL[day.weekday()] == "fri" and night + 2 < self.count:
            self.moves[night + 2].append((right["my_number"], wrong["address"]))
            self.plan.released[wrong[LINE]] = night + 2
            return
        later = night + 1
        unanswered = night == faults.holds_unanswered and sender == self.senders[0]
        if unanswered and VERDICTS[damage] == "hold":
            later = faults.answered_after
        if later < self.count:
            received = self.plan.day(later) - timedelta(days=1)
            self.corrections[later][sender].append(
                right | {"received_on": received.isoformat(), LINE: self._line()}
            )

    def _write(self, night: int, name: str, rows: list[dict[str, str]]) -> None:
        path = self.folder / f"{night:02}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(self._frame(rows, list(rows[0])), path, path.suffix[1:])
        self.plan.nights[night].files.append(path)
        for row in rows:
            self.plan.nights[night].truth.setdefault(row[LINE], "pass")

    def _raw(self, night: int, name: str, content: bytes) -> None:
        path = self.folder / f"{night:02}" / name
        path.write_bytes(content)
        self.plan.nights[night].files.append(path)

    def _frame(self, rows: list[dict[str, str]], columns: list[str]) -> pl.DataFrame:
        return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))

    def _registries(self) -> None:
        """A new extract every Sunday, and an old one on the night of the stale registry."""
        for night in range(self.count):
            day = self.plan.day(night)
            for number, address in self.moves.get(night, ()):
                self.registry[number] = self.registry[number] | {"address": address}
            stale = night == self.faults.stale_registry
            if not (night == 0 or day.weekday() == 6 or stale or night - 1 == self.faults.stale_registry):  # fmt: skip
                continue
            as_of = day - timedelta(days=30 if stale else 1)
            path = self.folder / f"registry-{night:02}.csv"
            rows = [row | {"as_of": as_of.isoformat()} for row in self.registry.values()]
            write(self._frame(rows, self.columns), path, "csv")
            self.plan.nights[night].registry = path


def make_plan(
    folder: Path,
    nights: int = 60,
    seed: int = 1,
    senders: tuple[str, ...] = tuple(SENDERS),
    faults: Faults | None = None,
) -> Plan:
    """Write every file of all nights below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Maker(folder, nights, seed, senders, faults or Faults()).make()
