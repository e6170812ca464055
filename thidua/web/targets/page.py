"""What the page of one member's registration shows, and what whoever looks at it may do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.accounts.models import Appointment
from thidua.accounts.queries import people_of
from thidua.core.errors import DomainError
from thidua.core.text import join_names
from thidua.cycles.models import Cycle, Enrolment
from thidua.lawbook.honours import HONOURS, Honour, Subject
from thidua.lawbook.texts import Basis, Certainty
from thidua.targets.actions.negotiation import refuse_unsendable
from thidua.targets.models import Registration, Target, TargetSet
from thidua.web.targets.wording import count, next_step, reviewers_named, who_answers, window
from thidua.web.trail import trail_lines

State, Standing = TargetSet.State, Target.Standing


@dataclass(frozen=True)
class LawLine:
    """An honour with the rule it stands on: of the last day of the year."""

    honour: Honour
    basis: Basis | None

    @property
    def cited(self) -> str:
        """The place and the text: "khoản 1 Điều 26 Luật Thi đua, khen thưởng"."""
        return f"{self.basis.place} {self.basis.text.name}" if self.basis else ""

    @property
    def whom(self) -> str:
        """For whom it is: "cả đơn vị, tập thể nhỏ"."""
        subjects = [str(word) for code, word in Registration.SUBJECTS if self._is_for(code)]
        return ", ".join(subjects)

    def _is_for(self, code: str) -> bool:
        return Subject(code) in self.honour.subjects

    @property
    def is_unverified(self) -> bool:
        """Whether nobody has read the rule in its text."""
        return self.basis is None or self.basis.certainty is Certainty.UNVERIFIED


def law_day(cycle: Cycle) -> date:
    """Return the day whose law holds for the year's honours: its last."""
    return date(cycle.year, 12, 31)


def laws_of(cycle: Cycle) -> list[LawLine]:
    """Return what may be registered in the year, each with its rule and for whom it is."""
    day = law_day(cycle)
    return [LawLine(h, h.basis_on(day)) for h in HONOURS if h.basis_on(day)]


def member_of(target_set: TargetSet) -> Enrolment:
    """Return whose set it is, with the names read together with the year's other members."""
    cycle = target_set.enrolment.cycle
    found = (e for e in cycle.enrolments.all() if e.pk == target_set.enrolment_id)
    return next(found, target_set.enrolment)


def is_closed(target_set: TargetSet) -> bool:
    """Whether the member can write nothing in it now, whoever asks."""
    return is_over(target_set) or not target_set.is_editable


def is_over(target_set: TargetSet) -> bool:
    """Whether nothing in it can change any more: the year is over or the member has left."""
    enrolment = target_set.enrolment
    return enrolment.cycle.is_over or enrolment.left_on is not None


def page_of(target_set: TargetSet, who: Acting) -> dict[str, Any]:
    """Return the context of `targets/show.html`."""
    cycle, member = target_set.enrolment.cycle, member_of(target_set)
    targets, day = list(target_set.targets.all()), law_day(cycle)
    reviewers = reviewers_named(cycle, member)
    return {
        "target_set": target_set,
        "cycle": cycle,
        "illustration": cycle.is_illustration or target_set.is_illustration,
        "name": member.name,
        "targets": targets,
        "honours": [(r, LawLine(r.law, r.law.basis_on(day))) for r in registrations(target_set)],
        "who_answers": who_answers(cycle, member),
        "step": next_step(target_set, member.name, reviewers),
        "window": "" if is_closed(target_set) else window(cycle),
        "sendings": target_set.sendings.all(),
        "entries": trail_lines(target_set, everything=True),
        **_powers(target_set, who),
    }


def registrations(target_set: TargetSet) -> list[Registration]:
    """Return the registered honours: the unit's, then small collectives', then persons'."""
    order = [code for code, _label in Registration.SUBJECTS]
    return sorted(target_set.registrations.all(), key=lambda r: order.index(r.subject))


def _powers(target_set: TargetSet, who: Acting) -> dict[str, Any]:
    """Return what ``who`` may do with the set now, and why a button is off."""
    cycle, enrolment = target_set.enrolment.cycle, target_set.enrolment
    if is_over(target_set):
        return {}
    is_mine = who.has_perm("targets.prepare_targetset", target_set)
    may_send = who.has_perm("targets.send_targetset", target_set)
    is_sent = target_set.state == State.SENT
    targets = list(target_set.targets.all())
    reviewing = {e.organization_id for e in cycle.reviewers_of(enrolment)}
    may_answer = is_sent and who.has_perm("targets.answer_targetset", target_set)
    return {
        "may_edit": is_mine and target_set.is_editable,
        "shows_send": is_mine and target_set.is_editable,
        "send_off": _why_not_send(target_set, may_send) if is_mine else "",
        "may_take_back": may_send and is_sent and not target_set.is_answered,
        "may_answer": may_answer,
        "answer_off": is_sent and who.organization_id in reviewing and not may_answer,
        "waiting": count(targets, Standing.WAITING),
        "proposed": count(targets, Standing.PROPOSED),
    }


def _why_not_send(target_set: TargetSet, may_send: bool) -> str:
    """Return why the set cannot be sent now by whoever looks at it; empty when it can."""
    if not target_set.is_editable:
        return ""
    try:
        refuse_unsendable(target_set)
    except DomainError as refusal:
        return refusal.sentence
    return "" if may_send else only_the_head(target_set.enrolment)


def only_the_head(enrolment: Enrolment) -> str:
    """Say who alone may send for the member: its heads and stand-ins, by name."""
    roles = (Appointment.Role.HEAD, Appointment.Role.STAND_IN)
    names = [user.name for user in people_of([enrolment.organization_id], *roles)]
    if not names:
        return _("Lãnh đạo đơn vị hoặc người ký thay mới gửi được; chưa có ai được giao.")
    told = {"names": join_names(names, _("và"))}
    return _("Lãnh đạo đơn vị hoặc người ký thay mới gửi được: %(names)s.") % told
