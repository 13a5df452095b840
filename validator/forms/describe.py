"""What a field takes, in a few words: for the guide of a template and the pages of the forms."""

from __future__ import annotations

from validator.forms.declarations import CodeValue, FormField, Words

NEED = {
    "yes": Words(ja="必須", en="required"),
    "conditional": Words(ja="条件付き", en="conditional"),
    "no": Words(ja="任意", en="optional"),
}
_TYPES = {
    "text": Words(ja="文字", en="text"),
    "kanji": Words(ja="漢字など(氏名)", en="name"),
    "kana": Words(ja="カタカナ(全角・半角)", en="katakana, full or half width"),
    "date": Words(ja="日付(西暦、または元号付きの和暦)", en="date, Gregorian or with its era"),
    "digits": Words(ja="数字", en="digits"),
    "number": Words(ja="0以上の数", en="number, 0 or more"),
    "flag": Words(ja="有・無(要・否、1・0、○)", en="有 or 無 (要, 否, 1, 0, ○)"),
    "code": Words(ja="一覧の値", en="value of a list"),
}
_OTHERS = {"ja": "{} など", "en": "{} …"}


def allowed_values(field: FormField, lang: str) -> str:
    """The values ``field`` takes: its codes, or its type with its length."""
    ja = lang == "ja"
    if field.codes:
        shown = "、".join(code_words(value) for value in field.codes)
        return shown if field.strict in ("closed", "codes") else _OTHERS[lang].format(shown)
    if field.type == "digits" and field.lengths:
        lengths = ("または" if ja else " or ").join(map(str, field.lengths))
        words = f"{lengths}桁の数字" if ja else f"{lengths} digits"
        if field.check_digit:
            words += "(検査用数字を確認)" if ja else ", with check digit"
        return words
    words = _TYPES[field.type].get(lang)
    if field.type == "text":
        words += f"、{field.max_chars}文字まで" if ja else f", up to {field.max_chars} characters"
    return words


def code_words(value: CodeValue) -> str:
    """A code as people write it: its number with a word, or a word alone."""
    word = shown_word(value)
    return f"{value.code}({word})" if value.code.isdecimal() and word != value.code else word


def shown_word(value: CodeValue) -> str:
    """The Japanese word for a code that people choose from a list."""
    return value.words[0] if value.words and value.code.isascii() else value.code


def need_words(field: FormField, lang: str) -> str:
    """Required, optional, or the condition."""
    words = NEED[field.required].get(lang)
    return words if field.condition is None else f"{words}: {field.condition.get(lang)}"
