"""Telling those who run the house that something is wrong with its keeping."""

from django.utils.translation import gettext_noop

from thidua.accounts.queries import operators
from thidua.core.deeds import deed
from thidua.core.text import one_line
from thidua.house.queries import house
from thidua.notifications.actions.telling import everyone_at, tell


@deed()
def tell_operators(sentence: str) -> int:
    """Tell each operator, in the inbox and by mail; return how many were told."""
    running = set(operators().values_list("user", "organization"))
    people = {
        person.user_id: person
        for person in everyone_at({organization for _user, organization in running})
        if (person.user_id, person.organization_id) in running
    }
    told = gettext_noop("Sao lưu: %(sentence)s Xem Hệ thống, mục Sao lưu.")
    facts = {"sentence": one_line(sentence)[:400]}
    return tell(list(people.values()), told, about=house(), facts=facts)
