"""Finding a person a row means: by folded name, with the units where they hold an office."""

from collections import defaultdict
from dataclasses import dataclass, field

from thidua.accounts.models import Appointment, User
from thidua.core.text import fold
from thidua.imports.kinds.base import OTHER, Asking, Option, Row
from thidua.imports.kinds.finding import Known, Units
from thidua.organizations.models import Office, Person

MOST_OFFERED = 8


@dataclass
class Someone:
    """A person of the house, or one who comes with a row (``pk`` None) and perhaps with others."""

    name: str
    pk: int | None = None
    first_row: int = 0
    units: dict[int, str] = field(default_factory=dict)  # where, and as what
    user: int | None = None

    @property
    def value(self) -> str:
        """The person as the answer to a question."""
        return str(self.pk) if self.pk else f"row:{self.first_row}"


class People:
    """Who bears which name, here and in the rows read so far."""

    def __init__(self, units: Units) -> None:
        self.units = units
        found: dict[int, Someone] = {}
        for pk, name in Person.objects.order_by("pk").values_list("pk", "full_name"):
            found[pk] = Someone(name, pk)
        offices = Office.objects.order_by("pk").values_list("person", "organization", "post")
        for person, organization, post in offices:
            found[person].units[organization] = post
        for pk, person in User.objects.order_by("pk").values_list("pk", "person"):
            found[person].user = pk
        held = Appointment.objects.order_by("pk").values_list("user__person", "organization")
        for person, organization in held:
            found[person].units.setdefault(organization, "")
        self._by_pk = found
        self._named: dict[str, list[Someone]] = defaultdict(list)
        for someone in found.values():
            self._named[fold(someone.name)].append(someone)

    def who(self, pk: int) -> Someone:
        """Return the person of the house with this key."""
        return self._by_pk[pk]

    def find(self, row: Row, unit: Known, asking: Asking) -> Someone | None:
        """Return who the row means, a new one too; None where somebody must choose.

        Who bears the name in this very unit is meant. Elsewhere many have one name, so it is asked.
        """
        named = self._named[fold(row.full_name)]
        here = [someone for someone in named if unit.pk in someone.units]
        if len(here) == 1:
            return here[0]
        if not named:
            return self._new(row, unit)
        offered = here or named
        options = [Option(s.value, self._label(s)) for s in offered[:MOST_OFFERED]]
        options.append(Option(OTHER, ""))
        chosen = asking.ask(row, "full_name", "which_person", options)
        if chosen == OTHER:
            return self._new(row, unit)
        someone = next((s for s in offered if s.value == chosen), None)
        if someone is not None:
            someone.units.setdefault(unit.pk, "")
        return someone

    def _new(self, row: Row, unit: Known) -> Someone:
        someone = Someone(row.full_name, first_row=row.at, units={unit.pk: row.post})
        self._named[fold(row.full_name)].append(someone)
        return someone

    def _label(self, someone: Someone) -> str:
        there = []
        for pk, post in list(someone.units.items())[:3]:
            unit = self.units.by_pk.get(pk)
            if unit is not None:
                there.append(", ".join(t for t in (post, unit.short_name or unit.name) if t))
        return f"{someone.name} ({'; '.join(there)})" if there else someone.name
