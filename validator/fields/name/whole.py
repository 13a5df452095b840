"""One distinct pair of names that is still open: kanji and kana explained together."""

from __future__ import annotations

from typing import NamedTuple

from validator.fields.kana.explain import KanaPair, explain_kana, same_kana
from validator.fields.levels import FINE, Level
from validator.fields.name.explain import Explained, KanjiPair, equal_steps, explain_kanji
from validator.fields.reading import Tier, part_tier, split_name
from validator.fields.reading.divide import divide_name

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
    alias_written: str | None
    alias_kana: str | None
    former_kanji: str | None
    former_written: str | None
    former_kana: str | None


class Answer(NamedTuple):
    """Levels and steps (codes joined by "+") of what was open, and of the name as a whole."""

    level_kanji: str | None
    steps_kanji: str | None
    level_kana: str | None
    steps_kana: str | None
    whole: str | None


_NOTHING = Explained(Level.SAME, ())
# Characters. Nobody's name is longer; what is, is not taken apart (its cost would grow with the
# square of its length).
LONGEST = 200


def _too_long(pair: OpenPair) -> Answer:
    kanji = None if pair.level_kanji else Level.DIFFERENT.value
    kana = None if pair.level_kana else Level.DIFFERENT.value
    one_fine = pair.level_kanji in FINE or pair.level_kana in FINE
    whole = Level.SIMILAR if one_fine else Level.DIFFERENT
    return Answer(kanji, kanji and "TOO_LONG", kana, kana and "TOO_LONG", whole.value)


def answer(pair: OpenPair) -> Answer:
    """Explain a pair; of several registered names the closest one counts."""
    own = (pair.raw_kanji_a, pair.raw_kana_a, pair.kanji_b, pair.kana_b)
    if any(text is not None and len(text) > LONGEST for text in own):
        return _too_long(pair)
    found = _against(pair)
    for code, other in ((ALIAS, _alias(pair)), (FORMER, _former(pair))):
        if other is None or _closeness(found) == _EQUAL:
            continue
        if len(other.kanji_b or "") > LONGEST or len(other.kana_b or "") > LONGEST:
            continue
        plain = _against(other)
        also = _named(plain, other, code)
        # A former name that fits is the better reason, though it counts no more than a near miss.
        if _closeness(also) > _closeness(found) or _closeness(plain) == _EQUAL:
            found = also
    return found


def _alias(pair: OpenPair) -> OpenPair | None:
    """The pair with the registered alias in place of the name.

    An alias without its kana in the registry leaves the kana open, if it can be its reading.
    """
    if pair.alias_kanji is None and pair.alias_kana is None:
        return None
    kana = pair.level_kana
    if kana is None and pair.alias_kana is None and _may_read(pair.alias_kanji, pair.kana_a):
        kana = Level.UNDECIDABLE.value
    return pair._replace(
        level_kana=kana,
        kanji_b=pair.alias_kanji or pair.kanji_b,
        written_b=pair.alias_written or pair.written_b,
        kana_b=pair.alias_kana or pair.kana_b,
    )


def _may_read(kanji: str | None, kana: str | None) -> bool:
    """Whether each word of ``kana`` is a plausible reading of the word of ``kanji``."""
    words, sounds = (kanji or "").split(), (kana or "").split()
    if len(words) == 1 and len(sounds) == 2:
        words = list(split_name(words[0], sounds[0], sounds[1]) or ())
    if len(words) != len(sounds) or not words:
        return False
    tiers = [
        part_tier(word, sound, surname=place == 0, voice=False)
        for place, (word, sound) in enumerate(zip(words, sounds, strict=True))
    ]
    return Tier.NONE.value not in tiers


def _former(pair: OpenPair) -> OpenPair | None:
    """The pair with the former name; a former surname alone is put before the given name."""
    if pair.former_kanji is None:
        return None
    kanji = _with_given(pair.former_kanji, pair.kanji_b)
    kana = _with_given(pair.former_kana, pair.kana_b) if pair.former_kana else pair.kana_b
    written = pair.former_written if kanji == pair.former_kanji else kanji.replace(" ", "")
    return pair._replace(kanji_b=kanji, written_b=written, kana_b=kana)


def _with_given(former: str, present: str | None) -> str:
    given = (present or "").split()[1:]
    return former if " " in former else " ".join([former, *given])


_EQUAL = 2


def _closeness(found: Answer) -> int:
    return {Level.DIFFERENT.value: 0, Level.SIMILAR.value: 1}.get(found.whole or "", _EQUAL)


def _named(found: Answer, pair: OpenPair, code: str) -> Answer:
    """The closest name is not the person's first one: never better than its kind allows."""

    def level(value: str | None) -> str | None:
        if value not in FINE:
            return value
        if code == FORMER:
            return Level.SIMILAR.value
        return value if value == Level.UNDECIDABLE.value else Level.EQUIVALENT.value

    def steps(value: str | None) -> str | None:
        return (
            None
            if value is None
            else "+".join(dict.fromkeys([code, *filter(None, value.split("+"))]))
        )

    kana_level, kana_steps = level(found.level_kana), steps(found.steps_kana)
    if found.level_kana is None and pair.level_kana == Level.UNDECIDABLE.value:
        kana_level, kana_steps = pair.level_kana, code
    return Answer(
        level(found.level_kanji),
        steps(found.steps_kanji),
        kana_level,
        kana_steps,
        level(found.whole),
    )


def _against(pair: OpenPair) -> Answer:
    kanji = _settled_kanji(pair)
    kana = _settled_kana(pair)
    swapped = _swapped_columns(pair)
    if swapped is not None:
        return swapped
    pair = _divided(pair)
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


def _divided(pair: OpenPair) -> OpenPair:
    """Names that have no space anywhere get one where a name dictionary divides them."""
    found: dict[str, str] = {}
    sides = {"a": (pair.kanji_a, pair.kana_a), "b": (pair.kanji_b, pair.kana_b)}
    for (side, (kanji, kana)), (other, _) in zip(
        sides.items(), reversed(sides.values()), strict=True
    ):
        if not kanji or not kana or " " in kanji or " " in kana:
            continue
        # A family name alone is a missing part, however well it divides.
        alone = any(equal_steps(kanji, word) is not None for word in (other or "").split())
        parts = None if alone else divide_name(kanji, kana)
        if parts is not None:
            found |= {f"kanji_{side}": parts[0], f"kana_{side}": parts[1]}
    return pair._replace(**found) if found else pair


def _settled_kanji(pair: OpenPair) -> Explained | None:
    if pair.level_kanji is not None or pair.kanji_a is None or pair.kanji_b is None:
        return None
    steps = equal_steps(pair.kanji_a, pair.kanji_b)
    return None if steps is None else Explained(Level.EQUIVALENT, steps)


def _settled_kana(pair: OpenPair) -> Explained | None:
    if pair.level_kana is not None or pair.kana_a is None or pair.kana_b is None:
        return None
    if not same_kana(pair.kana_a, pair.kana_b):
        return None
    spelled = pair.kana_a.replace(" ", "") != pair.kana_b.replace(" ", "")
    return Explained(Level.EQUIVALENT, ("LONG",) if spelled else ())


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
    found = explain_kanji(
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
    is_reading = (
        found.level not in FINE
        and pair.kanji_as_kana
        and pair.kana_b
        and same_kana(pair.kanji_as_kana, pair.kana_b)
    )
    return Explained(Level.SIMILAR, (KANA_FOR_KANJI,)) if is_reading else found


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
            kanji_left_out=kanji_level == Level.BLANK.value,
            kanji=pair.kanji_b or "",
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
