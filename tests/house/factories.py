"""The house as its first operator leaves it."""

from typing import Any

from thidua.accounts.acting import Acting, acting_of
from thidua.house.actions.beginning import Beginning, begin, new_code
from thidua.house.actions.looks import Look, keep_look

PASSWORD = "mat-khau-thu-nghiem"


def a_beginning(**told: Any) -> Beginning:
    """Return what the first operator types."""
    facts = {
        "body_name": "Ban Thi đua - Khen thưởng tỉnh Thử Nghiệm",
        "body_short_name": "Ban TĐKT",
        "level": "province",
        "place": "Thử Nghiệm",
        "full_name": "Người Quản Trị",
        "username": "quantri",
        "email": "quantri@thidua.example",
        "password": PASSWORD,
    }
    return Beginning(**{**facts, **told})


def an_operator(**told: Any) -> Acting:
    """Begin an empty installation; return its first operator, acting for the managing body."""
    return acting_of(begin(a_beginning(**told), code=new_code()))


def a_look(by: Acting, **told: Any) -> None:
    """Give the house a name and a contact."""
    facts = {"name": "Thi đua Thử Nghiệm", "contact_phone": "0229 000 000"}
    keep_look(Look(**{**facts, **told}), by=by)
