"""Pages as a browser shows them. A gate of its own: ``python -m pytest tests/browser``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.webdriver import CHROMIUM, DRIVER, MISSING, Browser


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The whole suite needs no browser: these tests run only where they are asked for."""
    asked = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    here = Path(__file__).parent
    return None if any(here == a or here in a.parents for a in asked) else True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM or not DRIVER:
        pytest.skip(MISSING)
    made = Browser()
    yield made
    made.close()
