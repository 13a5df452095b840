"""Ways to write one address, each of which says the same place (issue 4, Parse)."""

from __future__ import annotations

import random
import re
import unicodedata

NUMERALS = "〇一二三四五六七八九"
# Drawn up from Unicode's names (hyphen, dash, minus, horizontal line) and what keyboards give.
HYPHENS = (
    "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uff0d", "\u30fc",
    "\uff70", "\u2500", "\u2501", "\ufe63", "\ufe58", "の", "ノ",
)  # fmt: skip
FULL = {ord("0") + d: 0xFF10 + d for d in range(10)}


def kanji(number: int) -> str:
    """A number below 10,000 in kanji, written out digit by digit and power by power."""
    text = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += unit if digit == 1 and unit else NUMERALS[digit] + unit
    return text


class Place:
    """A place in its canonical form: what a writer starts from."""

    def __init__(self, prefecture: str, city: str, town: str, chome: int, numbers: list[int]):
        self.prefecture, self.city, self.town = prefecture, city, town
        self.chome, self.numbers = chome, numbers

    def expected(self) -> tuple[str, ...]:
        """Prefecture, city, town and block by the contract."""
        town = self.town + (kanji(self.chome) + "丁目" if self.chome else "")
        return self.prefecture, self.city, town, "-".join(map(str, self.numbers))

    def written(self, draw: random.Random) -> str:
        """One of the listed ways to write it."""
        text = self._block(draw)
        head = self.city
        if head.count("郡") == 1 and draw.random() < 0.5 and not head.startswith("郡"):
            head = re.sub("^.+?郡", "", head)
            lead = self.prefecture
        else:
            lead = self.prefecture if draw.random() < 0.6 else ""
        space = draw.choice(["", " ", "\u3000"])
        town = self.town
        for group in ("ケヶがガ", "のノ", "ツッ"):
            if inside := [i for i in range(1, len(town) - 1) if town[i] in group]:
                at = draw.choice(inside)
                town = town[:at] + draw.choice(group) + town[at + 1 :]
        text = lead + space + head + space + town + text
        if draw.random() < 0.2:
            text = draw.choice(["〒100-0001 ", "100-0001\u3000", "〒1000001 "]) + text
        if draw.random() < 0.15:
            text += draw.choice(["（旧住所）", "(転居予定)"])
        return unicodedata.normalize("NFD", text) if draw.random() < 0.1 else text

    def _number(self, number: int, style: str) -> str:
        plain = str(number)
        return {"half": plain, "full": plain.translate(FULL), "kanji": kanji(number)}[style]

    def _block(self, draw: random.Random) -> str:
        style = draw.choice(["half", "full", "kanji"])
        if draw.random() < 0.5:
            # A run of kanji numerals takes no の or ー: those read as part of a name.
            hyphens = HYPHENS[:9] if style == "kanji" else HYPHENS
            numbers = [*([self.chome] if self.chome else []), *self.numbers]
            return draw.choice(hyphens).join(self._number(n, style) for n in numbers)
        text = self._number(self.chome, style) + "丁目" if self.chome else ""
        first, *rest = self.numbers
        text += self._number(first, style) + draw.choice(["番", "番地"] if rest else ["番地"])
        if rest:
            joined = "" if text.endswith("番") else "の"
            text += joined + self._number(rest[0], style) + ("号" if not joined else "")
        return text
