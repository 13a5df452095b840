"""The site's configuration (TOML). Unknown keys are errors; messages never hold a value."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator

from validator.errors import UsageError

DEFAULT_POLICY = "registration-2024"
DEFAULT_RECEIVER = "association"
# Values that count where neither the command line nor the file says anything.
DEFAULTS = {"policy": DEFAULT_POLICY, "receiver": DEFAULT_RECEIVER}
Whole = Annotated[int, Field(strict=True)]  # neither true nor "3"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class RuleOverride(_Strict):
    """Another severity or effect for a rule, or off; a reason is required."""

    severity: Literal["error", "warning", "info"] | None = None
    effect: Literal["return", "hold", "none"] | None = None
    off: StrictBool = False
    reason: str | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> RuleOverride:
        if self.off and not (self.reason or "").strip():
            raise ValueError("a rule that is switched off needs a reason")
        return self


class RegistryConfig(_Strict):
    """Where the registry is and how old it may be (days)."""

    path: Path | None = None
    max_age_days: Whole | None = Field(default=None, ge=0)


class NamesConfig(_Strict):
    """Characters that this association keeps although others replace them."""

    glyph_exceptions: tuple[str, ...] = ()


class FormsConfig(_Strict):
    """Folder of the site's own declarations of columns and fields (docs/forms/README.md)."""

    folder: Path | None = None


class AddressesConfig(_Strict):
    """Renamed towns (a table beside the packaged one), and whether a 小字 may be left out."""

    town_renames: Path | None = None
    koaza_optional: StrictBool = False


class ClearancesConfig(_Strict):
    """How long a clerk's confirmation of a difference counts (days)."""

    max_age_days: Whole = Field(default=365, ge=0, le=36_500)


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EVERY_DAY: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class BandConfig(_Strict):
    """When a night's rates are out of their usual range.

    ``nights`` looked back on, ``least_nights`` needed before anything is said, ``false_alarm``:
    how likely an ordinary night may be to raise an alarm of one rate.
    """

    nights: Whole = Field(default=28, ge=2)
    least_nights: Whole = Field(default=10, ge=2)
    false_alarm: float = Field(default=0.00001, gt=0, lt=0.1)


class NightlyConfig(_Strict):
    """The nightly job: its folders, what is expected, when somebody is told (docs/nightly.md)."""

    inbox: Path | None = None
    outbox: Path | None = None
    clerks: Path | None = None
    quarantine: Path | None = None
    reports: Path | None = None
    ignore: tuple[str, ...] = ()
    settle_seconds: Whole = Field(default=0, ge=0)
    days: tuple[Weekday, ...] = EVERY_DAY
    expected: dict[str, tuple[Weekday, ...]] = Field(default_factory=dict)
    low_percent: Whole = Field(default=50, ge=0, le=100)
    high_percent: Whole = Field(default=200, ge=100)
    registry_drop_percent: Whole = Field(default=20, ge=0, le=100)
    acknowledge_hours: Whole | None = Field(default=None, ge=0)
    due_within_days: Whole = Field(default=1, ge=0)
    band: BandConfig = BandConfig()
    notify: tuple[str, ...] = ()
    notify_on: Literal["alarm", "always"] = "always"
    notify_seconds: Whole = Field(default=60, ge=1)


class GuardConfig(_Strict):
    """Paths that may hold plaintext My Numbers."""

    allow: tuple[str, ...] = ()


class LettersConfig(_Strict):
    """Who sends the letters to employers, as printed; what is written; more fonts for PDF."""

    insurer_name: str = Field(default="", max_length=100)
    contact: tuple[Annotated[str, Field(max_length=200)], ...] = Field(default=(), max_length=10)
    write: Literal["html", "pdf", "none"] = "html"
    fonts: tuple[Path, ...] = ()


class Config(_Strict):
    """The whole file; every key may be left out."""

    policy: str | None = None
    receiver: Literal["association", "pension_office"] | None = None
    state: Path | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    rules: dict[str, RuleOverride] = Field(default_factory=dict)
    registry: RegistryConfig = RegistryConfig()
    names: NamesConfig = NamesConfig()
    addresses: AddressesConfig = AddressesConfig()
    forms: FormsConfig = FormsConfig()
    clearances: ClearancesConfig = ClearancesConfig()
    nightly: NightlyConfig = NightlyConfig()
    guard: GuardConfig = GuardConfig()
    letters: LettersConfig = LettersConfig()

    def rule_overrides(self) -> dict[str, dict[str, object]]:
        """Overrides in the form that the rule catalogue takes."""
        return {
            code: o.model_dump(exclude_none=True, exclude={"reason"})
            for code, o in self.rules.items()
        }


def load_config(path: Path | None) -> Config:
    """Read ``path``; without one the defaults. UsageError names the key that is wrong."""
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(
            "設定ファイルが見つかりません。場所と名前を確認してください。",
            "the configuration file does not exist: check place and name",
            file=path.name,
        ) from None
    except (OSError, UnicodeDecodeError):
        raise _unreadable(path.name) from None
    return parse_config(text, path.name)


def parse_config(text: str, name: str) -> Config:
    """The configuration that ``text`` is; ``name`` is the file it comes from."""
    try:
        return Config.model_validate(tomllib.loads(text))
    except ValidationError as problem:
        from validator.config_errors import described

        ja, en = described(Config, problem.errors(include_input=False))
        raise UsageError(
            f"設定ファイルの次の項目が正しくありません: {ja}。",
            f"these keys of the configuration are unknown or wrong: {en}",
            file=name,
        ) from None
    except tomllib.TOMLDecodeError:
        raise _unreadable(name) from None


def _unreadable(name: str) -> UsageError:
    return UsageError(
        "設定ファイルを読めません。TOML(UTF-8)として正しいか確認してください。",
        "the configuration cannot be read: is it TOML in UTF-8?",
        file=name,
    )
