"""Two people who begin at once: real threads, each with a connection of its own."""

import pytest

from tests.covenants.test_races import at_once
from tests.house.factories import a_beginning
from thidua.accounts.models import User
from thidua.core.errors import AlreadyDone
from thidua.house.actions.beginning import begin, new_code
from thidua.organizations.models import Organization


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_begin_at_once_one_is_told_that_it_is_done():
    code = new_code()
    other = a_beginning(username="nguoihai", email="hai@thidua.example", body_name="Ban khác")

    refusals = at_once(lambda: begin(a_beginning(), code=code), lambda: begin(other, code=code))

    assert sorted(type(refusal) for refusal in refusals if refusal) == [AlreadyDone]
    assert User.objects.count() == 1
    assert Organization.objects.count() == 1
