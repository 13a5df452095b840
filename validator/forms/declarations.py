"""The models of ``schemas/forms/*.toml``: what a column, a field and a form are.

Files may leave out what they inherit: a field of a form takes what it does not say from
``common.toml``, and a site's field takes it from ours. `Field` and `Form` are whole again.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

HoldClass = Literal["S", "D", "0", "1", "2", "3", "N"]
Person = Literal["insured", "dependant", "either"]
FieldType = Literal["text", "kanji", "kana", "date", "digits", "number", "flag", "code"]
CheckDigit = Literal["my_number", "corporate_number", "insurer_number"]
# Whether a value that the list does not have is wrong: always; only as a code (words are free);
# worth a note; or the list is only a help for whoever fills the form in.
Strictness = Literal["closed", "codes", "known", "open"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Header = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"\S")]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Words(_Declared):
    """One text in both languages."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, lang: str) -> str:
        """The text in ``lang`` (ja or en)."""
        return self.ja if lang == "ja" else self.en


class Column(_Declared):
    """One column a table may have; ``digits`` where a spreadsheet may turn it into a number."""

    name: Name
    ja: tuple[Header, ...] = Field(min_length=1)
    digits: bool = False


class Required(_Declared):
    """Columns a table needs: all of ``addition``, or one whole group of ``identified``."""

    addition: tuple[Name, ...]
    identified: tuple[tuple[Name, ...], ...]


class ColumnsFile(_Declared):
    """``columns.toml``: the vocabulary of columns, and the forms in the order of the contract."""

    version: int
    forms: tuple[Name, ...]
    required: Required
    column: tuple[Column, ...]


class SiteColumnsFile(_Declared):
    """A site's ``columns.toml``: own columns (``site_…``), more headers for ours."""

    column: tuple[Column, ...]


class CodeValue(_Declared):
    """One value of a code list: the code, other words for it, its meaning.

    ``words[0]``, or the code, is what the drop-down of a template shows.
    """

    code: str
    words: tuple[str, ...] = ()
    ja: str
    en: str


class Condition(_Declared):
    """A column of the same form that holds one of these values (compared as folded words)."""

    column: Name
    values: tuple[str, ...] = Field(min_length=1)


class FieldPatch(_Declared):
    """What a file says of one field; everything but the column may be inherited."""

    column: Name
    required: Literal["yes", "no", "conditional"] | None = None
    condition: Words | None = None
    when: Condition | None = None
    blank: Literal["warning", "info", "nothing"] | None = None
    type: FieldType | None = None
    max_chars: int | None = Field(default=None, ge=1, le=4000)
    lengths: tuple[int, ...] | None = None
    check_digit: CheckDigit | None = None
    strict: Strictness | None = None
    codes: tuple[CodeValue, ...] | None = None
    checked_by: tuple[str, ...] | None = None
    source: tuple[str, ...] | None = None
    note: Words | None = None
    example: str | None = None


class FormField(_Declared):
    """One field of a form, whole.

    ``blank``: how much a blank field matters (only under ``when``, if given); ``lengths``: digit
    counts a ``digits`` field may have; ``checked_by``: families of rules that read the value
    themselves, so that the declared checks leave it alone; ``site``: added or changed by a site.
    """

    column: Name
    required: Literal["yes", "no", "conditional"]
    condition: Words | None = None
    when: Condition | None = None
    blank: Literal["warning", "info", "nothing"] = "nothing"
    type: FieldType
    max_chars: int = Field(ge=1, le=4000)
    lengths: tuple[int, ...] = ()
    check_digit: CheckDigit | None = None
    strict: Strictness = "open"
    codes: tuple[CodeValue, ...] = ()
    checked_by: tuple[str, ...] = ()
    source: tuple[str, ...] = Field(min_length=1)
    note: Words
    example: str = ""
    site: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> FormField:
        if (self.required == "conditional") != (self.condition is not None):
            raise ValueError("a condition belongs to required = conditional, and to nothing else")
        if self.type == "code" and not self.codes:
            raise ValueError("a code field needs codes")
        if self.type != "digits" and (self.lengths or self.check_digit):
            raise ValueError("lengths and check_digit belong to type = digits")
        words = [word for value in self.codes for word in {value.code, *value.words}]
        if len(words) != len(set(words)):
            raise ValueError("one word stands for two codes")
        return self


class NotAddition(_Declared):
    """Values of a column that make a record of this form something else than an addition."""

    column: Name
    values: tuple[str, ...]


class Membership(_Declared):
    """What the form does to membership; ``not_addition`` where a column decides it."""

    effect: Literal["adds", "removes", "depends", "none"]
    not_addition: NotAddition | None = None
    ja: str
    en: str


class RegistryMeeting(_Declared):
    """Whether and with which person the form meets the registry; classes that may hold it."""

    meets: bool
    person: Person
    classes: tuple[HoldClass, ...]
    ja: str
    en: str


class FormFile(_Declared):
    """One form of ours, as its file declares it."""

    version: int
    name: Name
    ja: tuple[Header, ...] = Field(min_length=1)
    en: str
    law: tuple[str, ...]
    answers: tuple[str, ...]
    layout: str | None = None
    person: Person
    purpose: Words
    route: Words
    membership: Membership
    registry: RegistryMeeting
    field: tuple[FieldPatch, ...]


class CommonFile(_Declared):
    """``common.toml``: fields that several forms share; whole but for ``required``."""

    version: int
    field: tuple[FieldPatch, ...]


class SiteFormFile(_Declared):
    """A site's file for one of our forms, or for all of them (``common.toml``)."""

    name: Name | None = None
    ja: tuple[Header, ...] = ()
    field: tuple[FieldPatch, ...] = ()


class Form(_Declared):
    """One form with everything inherited and every override of the site applied."""

    name: Name
    ja: tuple[Header, ...]
    en: str
    law: tuple[str, ...]
    answers: tuple[str, ...]
    layout: str | None = None
    person: Person
    purpose: Words
    route: Words
    membership: Membership
    registry: RegistryMeeting
    field: tuple[FormField, ...]

    @property
    def addition(self) -> bool:
        """True if records of this form may add a person to membership."""
        return self.membership.effect in ("adds", "depends")

    @property
    def not_addition(self) -> NotAddition | None:
        """What makes a record no addition all the same."""
        return self.membership.not_addition
