"""What a decision says when organisations change, and what every such act refuses and writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from thidua.core import clock
from thidua.core.errors import Invalid, WrongState
from thidua.core.text import day_text, one_line
from thidua.organizations.models import NOT_TOLD, SYMBOL, Organization, Reorganization

LONGEST_SYMBOL = 30


@dataclass(frozen=True)
class Decision:
    """What the decision says. ``effective_on`` is the first day on which things are the new way.

    ``choices`` says what becomes of what the apps above hold, by a key that they give ("end",
    "keep" under the old name, "carry:0" to the first of those that come after); they read it when
    the act is told to them. ``works_until`` is the last day on which the people of a unit that
    ends finish what is kept under its old name.
    """

    effective_on: date
    number: str = ""
    decided_on: date | None = None
    issuer: str = ""
    note: str = ""
    works_until: date | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        """The last day of the old way: the day before."""
        return self.effective_on - timedelta(days=1)


def refuse_bad_days(decision: Decision) -> None:
    """Refuse days that cannot be: an act is entered once it is in effect."""
    if decision.effective_on > clock.today():
        raise Invalid(
            _("Ngày có hiệu lực chưa tới: hãy ghi khi việc sắp xếp đã có hiệu lực."),
            field="effective_on",
        )
    if decision.decided_on and decision.decided_on > clock.today():
        raise Invalid(_("Ngày quyết định chưa tới."), field="decided_on")
    if decision.works_until and decision.works_until < decision.effective_on:
        raise Invalid(_("Ngày làm nốt việc phải từ ngày có hiệu lực trở đi."), field="works_until")


def refuse_bad_symbol(symbol: str) -> None:
    """Refuse what cannot stand for an organisation in the symbol of its papers."""
    if symbol and (len(symbol) > LONGEST_SYMBOL or not SYMBOL.fullmatch(symbol)):
        raise Invalid(
            _("Ký hiệu viết liền, chỉ gồm chữ, số và gạch nối. Ví dụ: LĐLĐ, MTTQ-BTT."),
            field="symbol",
        )


def reread(organizations: Iterable[Organization]) -> list[Organization]:
    """Return them read again and locked, in the order given; refuse those that have ended.

    They are locked in the order of their ids, so that two acts cannot wait for each other.
    """
    ids = [organization.pk for organization in organizations]
    found = (
        Organization.objects.select_for_update(of=("self",))
        .prefetch_related("names")
        .order_by("pk")
        .in_bulk(ids)
    )
    for organization in found.values():
        if organization.ended_on is not None:
            told = {"unit": organization.name, "day": day_text(organization.ended_on)}
            raise WrongState(
                _("%(unit)s đã kết thúc sau ngày %(day)s nên không sắp xếp được nữa.") % told
            )
    return [found[pk] for pk in ids]


def refuse_before_founding(
    organizations: Iterable[Organization], day: date, *, may_begin: bool = False
) -> None:
    """Refuse a day on which one of them was not there yet, or did not bear today's name yet.

    ``may_begin``: a unit that comes after may have begun on that very day.
    """
    for organization in organizations:
        name = list(organization.names.all())[-1]
        if name.since == NOT_TOLD or name.since < day or (may_begin and name.since == day):
            continue
        told = {"unit": organization.name, "day": day_text(name.since)}
        raise Invalid(
            _("%(unit)s mang tên này từ ngày %(day)s: ngày có hiệu lực phải sau ngày ấy.") % told,
            field="effective_on",
        )


def written(
    act: str, told: str, decision: Decision, **subject: Organization | None
) -> Reorganization:
    """Write the row of the act."""
    return Reorganization.objects.create(
        act=act,
        told=told[:2000],
        number=one_line(decision.number),
        decided_on=decision.decided_on,
        issuer=decision.issuer,
        effective_on=decision.effective_on,
        note=decision.note,
        entered_at=clock.now(),
        **subject,
    )


def names_of(organizations: Sequence[Organization]) -> str:
    """Return their names in one line, as records keep them."""
    return "; ".join(organization.name for organization in organizations)


def above(organization: Organization | None) -> Iterable[Organization]:
    """Yield the organisation and each one above it; stops where a circle would begin."""
    seen: set[int] = set()
    while organization is not None and organization.pk not in seen:
        seen.add(organization.pk)
        yield organization
        organization = organization.parent
