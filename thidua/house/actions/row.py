"""The one row, locked to be changed."""

from django.db import transaction

from thidua.house.models import THE_ONE, House
from thidua.house.queries import forget


def locked_house() -> House:
    """Return the row, made if need be and locked until the deed ends."""
    House.objects.get_or_create(pk=THE_ONE)
    return House.objects.select_for_update().get(pk=THE_ONE)


def keep(house: House, *fields: str) -> House:
    """Write ``fields``; this process forgets what it knew, now and once it is committed."""
    house.save(update_fields=list(fields))
    forget()
    transaction.on_commit(forget)
    return house
