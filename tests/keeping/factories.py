"""Who keeps the installation, and requests to delete a name; all by the actions themselves."""

from tests.factories import a_person_for, an_organization
from tests.kept import kept
from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.keeping.actions.erasing import ask_erasure
from thidua.keeping.models import Erasure
from thidua.organizations.models import Organization, Person

REQUEST = {"reason": "Không còn công tác", "basis": "Đơn số 3 ngày 02/03/2026"}


@kept
def an_operator(organization: Organization | None = None) -> Acting:
    """Make a person who runs the installation."""
    return a_person_for(organization or an_organization(), Appointment.Role.OPERATOR)


@kept
def an_erasure(person: Person) -> Erasure:
    """Ask for a person's name to be deleted, as an operator made for it."""
    return ask_erasure(person, by=an_operator(), **REQUEST)


def person_of(acting: Acting) -> Person:
    """Return the person who acts."""
    assert acting.user is not None
    return acting.user.person
