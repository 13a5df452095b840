"""Settings of all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No example database: nothing but the code decides what a run of the tests does.
settings.register_profile(
    "house",
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("house")
