"""Charts: drawn to scale, and every figure stands in a table beside them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from validator.output.html.charts import (
    Bars,
    Cell,
    Line,
    Point,
    Row,
    Segment,
    Stack,
    Step,
    Strip,
    Waterfall,
    heat,
)
from validator.output.html.page import both, environment


def draw(macro, *arguments):
    module = environment().get_template("charts.html.jinja").module
    return str(getattr(module, macro)(*arguments))


def lengths(texts):
    return [float(text.removesuffix("%")) for text in texts]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=7))
def test_a_stacked_bar_fills_its_width_without_gaps(values):
    stack = Stack(tuple(Segment(Markup("x"), v, "pass") for v in values))
    placed = stack.placed
    assert len(placed) == sum(v > 0 for v in values)
    end = 0.0
    for p in placed:
        assert float(p.x.removesuffix("%")) == pytest.approx(end, abs=0.05)
        end = float(p.x.removesuffix("%")) + float(p.width.removesuffix("%"))
    assert not placed or end == pytest.approx(100, abs=0.05)


def test_what_is_rare_is_still_seen():
    stack = Stack((Segment(Markup("a"), 10**6, "pass"), Segment(Markup("b"), 1, "hold")))
    assert float(stack.placed[1].width.removesuffix("%")) > 0.3


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_bars_are_as_long_as_their_values(values):
    drawn = lengths(w for _, w in Bars(tuple(Row(Markup("x"), v) for v in values)).placed)
    most = max(values) or 1
    assert drawn == pytest.approx([max(100 * v / most, 0.4 * bool(v)) for v in values], abs=0.01)


@given(st.lists(st.floats(-60, 60), min_size=1, max_size=7))
def test_a_waterfall_ends_where_its_sum_is(bits):
    chart = Waterfall(tuple(Step(Markup("x"), b) for b in bits))
    zero = float(chart.zero.removesuffix("%"))
    placed = [(x, w) for _, x, w in chart.placed]
    for x, width in placed:
        assert float(x.removesuffix("%")) >= -0.02
        assert float(x.removesuffix("%")) + float(width.removesuffix("%")) <= 100.03
    x, width = (float(v.removesuffix("%")) for v in chart.sum_bar)
    assert (x + width if chart.total < 0 else x) == pytest.approx(zero, abs=0.02)


def test_a_line_has_no_stroke_over_a_gap_and_a_round_scale():
    line = Line(tuple(Point(str(n), v) for n, v in enumerate([1.0, None, 3.0, 4.2])))
    assert len(line.strokes) == 1
    assert len(line.dots) == 3
    assert line.top == 5
    assert [line.figure(p.value) for p in line.points] == ["1", "-", "3", "4"]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=1, max_size=40))
def test_a_line_stays_inside_its_area(values):
    line = Line(tuple(Point(str(n), v, 0.0, v) for n, v in enumerate(values)))
    for _, x, y in line.dots:
        assert 0 <= float(x.removesuffix("%")) <= 100
        assert 0 <= float(y.removesuffix("%")) <= 100


@pytest.mark.parametrize(
    ("value", "most", "level"), [(0, 9, 0), (1, 100, 1), (50, 100, 3), (100, 100, 5), (3, 0, 0)]
)
def test_heat(value, most, level):
    assert heat(value, most) == level


def test_every_figure_of_a_chart_stands_in_its_table():
    title = both("題", "title")
    points = (
        Point("11-01", 12.0, 8.0, 15.0),
        Point("11-02", 31.0, 8.0, 15.0, alarm=True),
        Point("11-03", None),
    )
    drawn = {
        "line": draw("line", Line(points, "件"), title, "夜", "保留"),
        "bars": draw("bars", Bars((Row(Markup("甲"), 1234),), of=2468), title, "原因", "件"),
        "heat_strip": draw("heat_strip", Strip((Cell("11-01", 1234.0),)), title, "夜", "件"),
        "waterfall": draw("waterfall", Waterfall((Step(Markup("氏名"), 12.34),)), title),
        "stacked": draw("stacked", Stack((Segment(Markup("合格"), 1234, "pass"),)), title),
    }
    assert "▲" in drawn["line"]
    for figure in ("12件", "31件", "8件 - 15件", "11-03"):
        assert figure in re.sub(r"<svg.*?</svg>", "", drawn["line"], flags=re.DOTALL)
    for name, figure in (
        ("bars", "1,234"),
        ("bars", "50.0%"),
        ("heat_strip", "1,234"),
        ("waterfall", "+12.3"),
        ("stacked", "1,234"),
    ):
        assert figure in re.sub(r"<svg.*?</svg>", "", drawn[name], flags=re.DOTALL), name


@pytest.mark.parametrize("macro", ["line", "sparkline", "heat_strip"])
def test_nothing_to_draw_is_no_fault(macro):
    chart = Strip(()) if macro == "heat_strip" else Line(())
    arguments = [chart] if macro == "sparkline" else [chart, "題", "夜", "件"]
    assert "<svg" in draw(macro, *arguments)
