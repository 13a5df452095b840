"""One accuracy world for all tests of this folder: making it is the dear part."""

from __future__ import annotations

from datetime import date

import pytest

from shikaku_world.batches import World, make_batch

AS_OF = date(2026, 10, 1)


@pytest.fixture(scope="session")
def as_of() -> date:
    return AS_OF


@pytest.fixture(scope="session")
def accuracy_world() -> World:
    return make_batch(12_000, 5, AS_OF, "accuracy")
