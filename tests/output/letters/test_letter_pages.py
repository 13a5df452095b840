"""A letter to an office, set once for its case, is the letter that the template makes of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output.letters.lettering import checked

from validator.output.letters import filed_of
from validator.output.letters import write as writing
from validator.output.letters.pages import Pages
from validator.output.letters.people import OFFICE, UNKNOWN, letter_people
from validator.output.letters.view import CASE_OF_AN_OFFICE, KINDS, NAMES_OF_AN_OFFICE, head

COUNTS = st.integers(0, 3)
NAMES = st.none() | st.sampled_from(
    ["", "1234", "0", "見本 & <商事>", '"見本"', "見本's", "{{ w }}"]
)
ROWS = st.fixed_dictionaries(
    {
        "letter": st.integers(1, 9),
        "to": st.sampled_from([OFFICE, OFFICE, UNKNOWN]),
        **dict.fromkeys((*KINDS, "listed", "unlisted"), COUNTS),
        "due_on": st.none() | st.dates(),
        **dict.fromkeys(("common", "guided", "unshown"), st.booleans()),
        **dict.fromkeys(NAMES_OF_AN_OFFICE, NAMES),
    }
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    run = filed_of(checked(tmp_path_factory.mktemp("run"), [{"sex": "2"}]))
    return writing.site_of(run, letter_people(run))


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROWS, min_size=2, max_size=8), blocks=st.tuples(NAMES, NAMES))
def test_a_case_set_once_is_the_letter_of_each_office(site, rows, blocks):
    pages = Pages(site)
    cards, guides = (block or "" for block in blocks)
    template = pages._environment.get_template("letter.html.jinja")
    for row in rows:
        alone = template.render(letter=head(row, site), cards=cards, guides=guides)
        assert pages.letter(row, cards, guides).decode() == alone


def test_a_letter_to_an_office_asks_for_nothing_else(site):
    """Whatever `head` reads of a row tells two cases apart, or stands in the letter as it is."""
    row = {"letter": 1, "to": OFFICE, "due_on": None, "office_code": "12", "office_name": "見本"}
    row |= dict.fromkeys((*KINDS, "listed", "unlisted"), 1)
    row |= dict.fromkeys(("common", "guided", "unshown"), True)
    assert set(row) == {"letter", *CASE_OF_AN_OFFICE, *NAMES_OF_AN_OFFICE}
    assert head(row, site).stem == "0001-12"
