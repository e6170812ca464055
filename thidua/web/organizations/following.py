"""What follows from an act: shown before it is done, and chosen thing by thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.accounts.acting import Acting
from thidua.accounts.actions.succeeding import key_of as key_of_right
from thidua.accounts.actions.succeeding import rights_still_held
from thidua.accounts.models import Appointment
from thidua.core.deeds import deed
from thidua.core.text import day_text
from thidua.covenants.models import Covenant
from thidua.covenants.queries import rounds_awaiting
from thidua.cycles.actions.succeeding import key_of
from thidua.cycles.models import Carrying, Enrolment
from thidua.cycles.queries import parts_still_open
from thidua.organizations.models import Bloc, Organization
from thidua.web.fields import DayField
from thidua.web.organizations.acts import Heir, Plan, with_choices

Fate = Carrying.Fate


@dataclass(frozen=True)
class Following:
    """All that hangs on the units that an act ends."""

    parts: Sequence[Enrolment]
    awaited: dict[int, Covenant]
    rights: Sequence[Appointment]
    children: Sequence[Organization]
    blocs: Sequence[Bloc]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing hangs on them."""
        return not (self.parts or self.rights or self.children or self.blocs)


def following(plan: Plan) -> Following:
    """Return what follows, at a number of queries that does not grow."""
    if not plan.ending:
        return Following((), {}, (), (), ())
    ids = [organization.pk for organization in plan.ending]
    parts = list(
        parts_still_open(plan.ending)
        .prefetch_related("organization__names", "cycle__enrolments")
        .annotate(target_count=Count("target_set__targets", distinct=True))
    )
    return Following(
        parts,
        rounds_awaiting(parts),
        list(rights_still_held(plan.ending)),
        list(Organization.objects.filter(parent__in=ids, ended_on=None).exclude(pk__in=ids)),
        list(Bloc.objects.filter(managing_body__in=ids, closed_on=None)),
    )


class FollowingForm(forms.Form):
    """What becomes of each part in an open year and of each right, chosen one by one."""

    works_until = DayField(
        label=gettext_lazy("Làm nốt việc dưới tên cũ đến hết ngày"),
        required=False,
        help_text=gettext_lazy(
            "Chỉ cần khi chọn “làm nốt”. Chấm điểm, bình xét của năm thường kéo sang quý I năm sau."
        ),
    )

    def __init__(
        self, *args: Any, plan: Plan, found: Following, acting: Acting, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.plan, self.found = plan, found
        self.parts: list[str] = []
        self.rights: list[str] = []
        until = self.fields.pop("works_until")
        for part in found.parts:
            self.fields[key_of(part)] = self._field_of_part(part)
            self.parts.append(key_of(part))
        may_keep = any(self._may_keep(part) for part in found.parts)
        for right in found.rights:
            self.fields[key_of_right(right)] = self._field_of_right(right, acting, may_keep)
            self.rights.append(key_of_right(right))
        if may_keep:
            year = max(part.cycle.year for part in found.parts if self._may_keep(part))
            until.initial = date(year + 1, 3, 31)
            self.fields["works_until"] = until

    def part_fields(self) -> list[forms.BoundField]:
        """Return the fields of the parts in open years, in their order."""
        return [self[name] for name in self.parts]

    def right_fields(self) -> list[forms.BoundField]:
        """Return the fields of the rights, in their order."""
        return [self[name] for name in self.rights]

    def told(self) -> Any:
        """Return the decision with what was chosen."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        kept = any(value == Fate.KEPT for value in told.values())
        if not kept:
            told.pop("works_until", None)
        return with_choices(self.plan.decision, told)

    def _may_keep(self, part: Enrolment) -> bool:
        return date(part.cycle.year, 1, 1) < self.plan.decision.effective_on

    def _field_of_part(self, part: Enrolment) -> forms.ChoiceField:
        choices = []
        there = {e.organization_id for e in part.cycle.enrolments.all()}
        for number, heir in enumerate(self.plan.heirs):
            if part.pk in self.found.awaited:
                break  # the help beside it says what comes first
            if isinstance(heir, Organization) and heir.pk in there:
                continue
            told = {"unit": heir.name}
            choices.append((f"carry:{number}", _("chuyển cho %(unit)s làm tiếp") % told))
        last = day_text(max(self.plan.decision.last_day, part.joined_on))
        choices.append((Fate.ENDED, _("kết thúc, rời từ ngày %(day)s") % {"day": last}))
        if self._may_keep(part):
            choices.append((Fate.KEPT, _("làm nốt năm này dưới tên cũ")))
        told = {
            "cycle": str(part.cycle),
            "unit": part.organization.name,
            "role": part.role_label,
        }
        return forms.ChoiceField(
            label=_("%(cycle)s: %(unit)s (%(role)s)") % told,
            choices=choices,
            widget=forms.RadioSelect,
            initial=self._proposed(part, [value for value, _label in choices]),
            help_text=self._standing_of(part),
        )

    def _proposed(self, part: Enrolment, offered: Sequence[str]) -> str:
        """Propose to carry the first part of a year over, and to end the others.

        Where the round still awaits its signature, or the year is over, it finishes as it is.
        """
        is_past = part.cycle.year < self.plan.decision.effective_on.year
        if (part.pk in self.found.awaited or is_past) and Fate.KEPT in offered:
            return Fate.KEPT
        of_year = [p for p in self.found.parts if p.cycle_id == part.cycle_id]
        if "carry:0" in offered and of_year[0].pk == part.pk:
            return "carry:0"
        return Fate.ENDED

    def _standing_of(self, part: Enrolment) -> str:
        told = [_("%(count)d chỉ tiêu đã đăng ký.") % {"count": part.target_count}]  # type: ignore[attr-defined]
        if part.pk in self.found.awaited:
            told.append(
                _(
                    "Giao ước đang trong vòng ký và đơn vị này chưa ký: muốn chuyển cho đơn vị "
                    "khác thì ký xong hoặc mở lại bản chốt trước."
                )
            )
        return " ".join(told)

    def _field_of_right(
        self, right: Appointment, acting: Acting, may_keep: bool
    ) -> forms.ChoiceField:
        choices = [("end", _("kết thúc ngay"))]
        for number, heir in enumerate(self.plan.heirs):
            told = {"unit": heir.name}
            choices.append((f"carry:{number}", _("chuyển sang làm cho %(unit)s") % told))
        if may_keep and right.role != Appointment.Role.OPERATOR:
            choices.append(("keep", _("giữ để làm nốt việc dưới tên cũ")))
        names = {
            "person": right.user.name,
            "role": right.get_role_display(),
            "unit": right.organization.name,
        }
        label = _("%(person)s, %(role)s của %(unit)s") % names
        if right.user_id == acting.actor_id:
            label = _("%(right)s (là chính bạn)") % {"right": label}
        return forms.ChoiceField(
            label=label, choices=choices, initial=self._proposed_right(right, acting)
        )

    def _proposed_right(self, right: Appointment, acting: Acting) -> str:
        """Propose to keep the people of a unit whose part is proposed to be kept."""
        kept = {
            part.organization_id
            for part in self.found.parts
            if self.fields[key_of(part)].initial == Fate.KEPT
        }
        proposed = needed_right(right, acting, self.plan.heirs)
        return "keep" if proposed == "end" and right.organization_id in kept else proposed


def needed_right(right: Appointment, acting: Acting, heirs: Sequence[Heir]) -> str:
    """Return that a right ends, but for one's own and for who runs the house: they go along."""
    is_needed = right.user_id == acting.actor_id or right.role == Appointment.Role.OPERATOR
    return "carry:0" if heirs and is_needed else "end"


class _Rehearsed(Exception):
    """The act went through and is taken back: it was only tried."""


def rehearse(plan: Plan, found: Following, acting: Acting) -> None:
    """Try the act and take it back, so that what refuses it is said before anything is chosen.

    Every part ends in the trial: what a choice may refuse is said when it is made.
    """
    choices: dict[str, Any] = {key_of(part): str(Fate.ENDED) for part in found.parts}
    for right in found.rights:
        choices[key_of_right(right)] = needed_right(right, acting, plan.heirs)
        if right.stands_in_for_id:
            choices[key_of_right(right)] = "end"
    try:
        with deed():
            plan.do(with_choices(plan.decision, choices), acting)
            raise _Rehearsed
    except _Rehearsed:
        return
