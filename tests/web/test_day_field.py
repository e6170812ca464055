"""A day as the browser sends it and as officers type it."""

from datetime import date

import pytest
from django import forms

from thidua.web.fields import DayField


class OneDay(forms.Form):
    """A form of one day."""

    day = DayField()


@pytest.mark.parametrize(
    "typed", ["2023-03-17", "17-03-2023", "17/03/2023", "17/3/2023", " 17/03/2023 "]
)
def test_a_day_is_understood_however_it_is_written(typed):
    form = OneDay({"day": typed})

    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2023, 3, 17)}


@pytest.mark.parametrize(
    "typed", ["31/02/2023", "mai", "03/17/2023", "17.3", "9999-12-31", "1/1/1"]
)
def test_what_is_no_day_gets_a_sentence_and_is_shown_as_it_was_typed(typed):
    form = OneDay({"day": typed})

    assert list(form.errors) == ["day"]
    assert f'value="{typed}"' in str(form["day"])
    assert 'type="text"' in str(form["day"])


def test_a_day_typed_our_way_goes_back_to_the_browser_in_its_own():
    shown = str(OneDay({"day": "17/03/2023"})["day"])

    assert 'type="date"' in shown
    assert 'value="2023-03-17"' in shown


def test_nothing_typed_asks_for_the_day():
    assert OneDay({"day": " "}).errors["day"] == ["Hãy điền mục này."]
