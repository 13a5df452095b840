"""The usual range of a rate, against an independent reckoning and a simulation."""

import random
from math import comb, lgamma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.nightly.band import band


def beta_binomial(count, n, a, b):
    """P(count), from the closed form in logarithms of gamma functions."""

    def beta(x, y):
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    from math import exp, log

    return exp(log(comb(n, count)) + beta(count + a, n - count + b) - beta(a, b))


@pytest.mark.parametrize("nights", [[(50, 2)] * 20, [(50, 0)] * 20, [(200, 40)] * 10])
@pytest.mark.parametrize("records", [1, 30, 200])
def test_outside_the_band_lies_less_than_the_false_alarm(nights, records):
    found = band(nights, records, least_nights=10, false_alarm=0.01)
    total, faulty = sum(n for n, _ in nights), sum(x for _, x in nights)
    chances = [
        beta_binomial(k, records, faulty + 0.5, total - faulty + 0.5) for k in range(records + 1)
    ]
    low, high = round(found.low * records), round(found.high * records)
    assert sum(chances) == pytest.approx(1)
    assert sum(chances[:low]) <= 0.005 < sum(chances[: low + 1])
    assert sum(chances[high + 1 :]) <= 0.005 < sum(chances[high:])


def test_ordinary_nights_raise_hardly_any_alarm_and_a_changed_rate_nearly_always():
    dice = random.Random(20261121)

    def night(rate, n):
        return n, sum(dice.random() < rate for _ in range(n))

    alarms = missed = 0
    for _ in range(300):
        before = [night(0.05, dice.randint(80, 160)) for _ in range(28)]
        n, ordinary = night(0.05, 120)
        found = band(before, n, least_nights=10, false_alarm=0.0001)
        alarms += not found.holds(ordinary / n)
        missed += found.holds(night(0.30, n)[1] / n)
    assert alarms <= 1
    assert missed <= 3


def test_nights_that_scatter_by_themselves_widen_the_band():
    calm = band([(100, 5)] * 20, 100, least_nights=10, false_alarm=0.001)
    wild = band([(100, 0), (100, 10)] * 10, 100, least_nights=10, false_alarm=0.001)
    assert wild.usual == calm.usual
    assert wild.high > calm.high


@given(
    nights=st.lists(st.integers(1, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=10, max_size=30),
    records=st.integers(1, 3000),
    false_alarm=st.floats(1e-8, 0.05),
)  # fmt: skip
def test_a_band_is_a_range_of_rates(nights, records, false_alarm):
    found = band(nights, records, least_nights=10, false_alarm=false_alarm)
    assert 0 <= found.low <= found.high <= 1
    narrow = band(nights, records, least_nights=10, false_alarm=min(0.09, 2 * false_alarm))
    assert found.low <= narrow.low <= narrow.high <= found.high


def test_too_few_nights_say_nothing():
    assert band([(10, 1)] * 9, 10, least_nights=10, false_alarm=0.01) is None
    assert band([(10, 1)] * 9 + [(0, 0)], 10, least_nights=10, false_alarm=0.01) is None
    assert band([(10, 1)] * 10, 0, least_nights=10, false_alarm=0.01) is None
