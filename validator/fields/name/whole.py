"""One distinct pair of names that is still open: kanji and kana explained together."""

from __future__ import annotations

from typing import NamedTuple

from validator.fields.kana.explain import KanaPair, explain_kana, same_kana
from validator.fields.levels import FINE, Level
from validator.fields.name.explain import Explained, KanjiPair, equal_steps, explain_kanji

ALIAS, FORMER, SWAPPED_COLUMNS, KANA_FOR_KANJI = (
    "ALIAS",
    "FORMER_NAME",
    "SWAPPED_COLUMNS",
    "KANA_FOR_KANJI",
)


class OpenPair(NamedTuple):
    """What is known of one pair; levels that are settled already, null where they are open.

    ``kanji_*``, ``kana_*``: spaced keys; ``written_*``: kanji fields as written, without spaces;
    ``raw_*``: submitted fields untouched;
    ``kanji_as_kana``, ``kana_as_kanji``: the submitted fields folded as if they were the other.
    """

    level_kanji: str | None
    level_kana: str | None
    kanji_a: str | None
    kanji_b: str | None
    written_a: str | None
    written_b: str | None
    kana_a: str | None
    kana_b: str | None
    raw_kanji_a: str | None
    raw_kana_a: str | None
    kanji_as_kana: str | None
    kana_as_kanji: str | None
    alias_kanji: str | None
    alias_kana: str | None
    former_kanji: str | None
    former_kana: str | None


class Answer(NamedTuple):
    """Levels and steps (codes joined by "+") of what was open, and of the name as a whole."""

    level_kanji: str | None
    steps_kanji: str | None
    level_kana: str | None
    steps_kana: str | None
    whole: str | None


_NOTHING = Explained(Level.SAME, ())


def answer(pair: OpenPair) -> Answer:
    """Explain a pair; of several registered names the closest one counts."""
    found = _against(pair)
    for kanji, kana, code in (
        (pair.alias_kanji, pair.alias_kana, ALIAS),
        (pair.former_kanji, pair.former_kana, FORMER),
    ):
        if kanji is None:
            continue
        other = _against(pair._replace(kanji_b=kanji, kana_b=kana or pair.kana_b, written_b=""))
        if _closer(other, found):
            found = _named(other, code)
    return found


def _closer(one: Answer, other: Answer) -> bool:
    rank = [level.value for level in (Level.DIFFERENT, Level.SIMILAR)]
    return _rank(one, rank) > _rank(other, rank)


def _rank(found: Answer, rank: list[str]) -> int:
    return rank.index(found.whole) if found.whole in rank else len(rank)


def _named(found: Answer, code: str) -> Answer:
    """The closest name is not the person's first one: never better than its kind allows."""
    level = Level.EQUIVALENT if code == ALIAS else Level.SIMILAR

    def capped(value: str | None) -> str | None:
        return level.value if value in FINE else value

    return Answer(
        capped(found.level_kanji),
        found.steps_kanji and "+".join(dict.fromkeys([code, *found.steps_kanji.split("+")])),
        capped(found.level_kana),
        found.steps_kana and "+".join(dict.fromkeys([code, *found.steps_kana.split("+")])),
        capped(found.whole),
    )


def _against(pair: OpenPair) -> Answer:
    kanji = _settled_kanji(pair)
    kana = _settled_kana(pair)
    swapped = _swapped_columns(pair)
    if swapped is not None:
        return swapped
    kana_level = kana.level.value if kana else pair.level_kana
    if kanji is None and pair.level_kanji is None:
        kanji = _explained_kanji(pair, kana_level)
    kanji_level = kanji.level.value if kanji else pair.level_kanji
    if kana is None and pair.level_kana is None:
        kana = _explained_kana(pair, kanji_level, kanji)
    return Answer(
        kanji.level.value if kanji else None,
        "+".join(kanji.steps) if kanji else None,
        kana.level.value if kana else None,
        "+".join(kana.steps) if kana else None,
        _whole(pair, kanji, kana),
    )


def _settled_kanji(pair: OpenPair) -> Explained | None:
    if pair.level_kanji is not None or pair.kanji_a is None or pair.kanji_b is None:
        return None
    steps = equal_steps(pair.kanji_a, pair.kanji_b)
    return None if steps is None else Explained(Level.EQUIVALENT, steps)


def _settled_kana(pair: OpenPair) -> Explained | None:
    if pair.level_kana is not None or pair.kana_a is None or pair.kana_b is None:
        return None
    equal = same_kana(pair.kana_a, pair.kana_b)
    return Explained(Level.EQUIVALENT, ("LONG",)) if equal else None


def _swapped_columns(pair: OpenPair) -> Answer | None:
    """The kanji name in the kana field and the other way round."""
    if pair.level_kanji is not None or pair.level_kana is not None:
        return None
    fields = (pair.kanji_as_kana, pair.kana_b, pair.kana_as_kanji, pair.kanji_b)
    kana, kana_b, kanji, kanji_b = (field or "" for field in fields)
    if not kana_b or not kanji_b or kana_b == kanji_b:
        return None
    if not same_kana(kana, kana_b) or equal_steps(kanji, kanji_b) is None:
        return None
    close = Level.SIMILAR.value
    return Answer(close, SWAPPED_COLUMNS, close, SWAPPED_COLUMNS, close)


def _explained_kanji(pair: OpenPair, kana_level: str | None) -> Explained | None:
    if pair.kanji_a is None or pair.kanji_b is None:
        return None
    if pair.kanji_as_kana and pair.kana_b and same_kana(pair.kanji_as_kana, pair.kana_b):
        return Explained(Level.SIMILAR, (KANA_FOR_KANJI,))
    return explain_kanji(
        KanjiPair(
            pair.kanji_a,
            pair.kanji_b,
            pair.written_a or "",
            pair.written_b or "",
            pair.raw_kanji_a or "",
            pair.kana_a,
            pair.kana_b,
            kana_fine=kana_level in FINE,
            kana_agrees=kana_level in (Level.SAME.value, Level.EQUIVALENT.value),
            known_names=tuple(n for n in (pair.alias_kanji, pair.former_kanji) if n),
        )
    )


def _explained_kana(
    pair: OpenPair, kanji_level: str | None, kanji: Explained | None
) -> Explained | None:
    if pair.kana_a is None or pair.kana_b is None:
        return None
    return explain_kana(
        KanaPair(
            pair.kana_a,
            pair.kana_b,
            pair.raw_kana_a or "",
            kanji_fine=kanji_level in FINE,
            kanji_parts=kanji.parts if kanji else None,
        )
    )


def _whole(pair: OpenPair, kanji: Explained | None, kana: Explained | None) -> str:
    """Steps 10 and 11 of the note for the name as a whole; a blank side is left out."""
    kanji_level = kanji.level.value if kanji else pair.level_kanji
    kana_level = kana.level.value if kana else pair.level_kana
    if kanji_level == Level.BLANK.value:
        return str(kana_level)
    if kana_level == Level.BLANK.value:
        return str(kanji_level)
    if kanji_level in FINE and kana_level in FINE:
        undecided = Level.UNDECIDABLE.value in (kanji_level, kana_level)
        return (Level.UNDECIDABLE if undecided else Level.EQUIVALENT).value
    if kanji_level in FINE:
        return Level.SIMILAR.value
    if kana_level in FINE:
        return str(kanji_level)
    return _both_differ(kanji or _NOTHING, kana or _NOTHING).value


def _both_differ(kanji: Explained, kana: Explained) -> Level:
    if kanji.parts is not None and kana.parts is not None:
        given_names = not kanji.parts.given_same and not kana.parts.given_same
        both_parts = not kanji.parts.family_same and not kanji.parts.given_same
        return Level.DIFFERENT if given_names or both_parts else Level.SIMILAR
    close = kanji.level is Level.SIMILAR and kana.level is Level.SIMILAR
    return Level.SIMILAR if close else Level.DIFFERENT
