"""Three heads who sign a covenant at the same time, each in a browser of their own."""

import threading
from dataclasses import dataclass, field

from django.urls import reverse

from tests.kills.visitor import Answer, Visitor
from thidua.covenants.models import Covenant


@dataclass
class Round:
    """Heads before the page on which they sign, and what came of it.

    ``page`` is that page's name, ``typed`` what each types there. ``signed`` are the units whose
    heads were told of success.
    """

    covenant: Covenant
    people: dict[int, Visitor]
    page: str
    typed: dict[str, str] = field(default_factory=dict)
    signed: set[int] = field(default_factory=set)

    def all_sign(self) -> None:
        """Let all who have not been told of success sign at the same time."""
        path = reverse(self.page, args=[self.covenant.pk])
        waiting = self.people.keys() - self.signed
        pages = {unit: self.people[unit].get(path) for unit in waiting}
        threads = [
            threading.Thread(target=self._sign, args=(unit, path, page))
            for unit, page in pages.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _sign(self, unit: int, path: str, page: Answer) -> None:
        answer = self.people[unit].post(path, form=page, **self.typed)
        shown = reverse("covenants:show", args=[self.covenant.pk])
        if (answer.status, answer.location) == (302, shown):
            self.signed.add(unit)
