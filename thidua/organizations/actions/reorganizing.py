"""Acts by which organisations end, and others come after: merge, absorb, split, dissolve."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.organizations.actions.deciding import (
    Decision,
    above,
    names_of,
    refuse_bad_days,
    refuse_before_founding,
    reread,
    written,
)
from thidua.organizations.actions.founding import OrganizationFacts, found_organization
from thidua.organizations.models import Bloc, Organization, Reorganization, Succession
from thidua.organizations.signals import organization_reorganized

Kind = Reorganization.Act


@dataclass(frozen=True)
class Newborn:
    """A unit that the decision founds; what is not told is as it was with the first old unit."""

    name: str
    short_name: str = ""
    place: str = ""


Heir = Organization | Newborn


@dataclass
class _Change:
    """One act under way: what it is, by which decision, who ends and who comes after."""

    act: str
    decision: Decision
    by: Actor
    ending: list[Organization]
    heirs: list[Organization]


@deed()
def merge_organizations(
    predecessors: Sequence[Organization], heir: Heir, decision: Decision, *, by: Actor
) -> Reorganization:
    """End several organisations, which become one that is new: founded here, or just entered."""
    refuse_bad_days(decision)
    if len({p.pk for p in predecessors}) < 2:
        raise Invalid(_("Hợp nhất cần ít nhất hai đơn vị khác nhau."), field="others")
    return _change(Kind.MERGE, predecessors, [heir], decision, by)


@deed()
def absorb_organizations(
    predecessors: Sequence[Organization], heir: Organization, decision: Decision, *, by: Actor
) -> Reorganization:
    """End organisations that become part of another, which goes on under its own name."""
    refuse_bad_days(decision)
    return _change(Kind.ABSORB, predecessors, [heir], decision, by)


@deed()
def split_organization(
    organization: Organization,
    heirs: Sequence[Heir],
    decision: Decision,
    *,
    by: Actor,
    goes_on: bool = False,
) -> Reorganization:
    """Divide an organisation into others. With ``goes_on`` they part from it and it stays."""
    refuse_bad_days(decision)
    if len(heirs) < (1 if goes_on else 2):
        raise Invalid(
            _("Chia cần ít nhất hai đơn vị mới, tách cần ít nhất một."), field="successors"
        )
    return _change(Kind.SPLIT, [organization], heirs, decision, by, goes_on=goes_on)


@deed()
def dissolve_organization(
    organization: Organization, decision: Decision, *, by: Actor
) -> Reorganization:
    """End an organisation after which nobody comes."""
    refuse_bad_days(decision)
    managed = Bloc.objects.filter(managing_body=organization, closed_on=None).count()
    if managed:
        raise WrongState(
            _("Đơn vị đang quản lý %(count)d khối, cụm: hãy sáp nhập vào đơn vị nhận việc ấy.")
            % {"count": managed}
        )
    return _change(Kind.DISSOLVE, [organization], [], decision, by)


def _change(
    act: str,
    predecessors: Sequence[Organization],
    heirs: Sequence[Heir],
    decision: Decision,
    by: Actor,
    *,
    goes_on: bool = False,
) -> Reorganization:
    known = [heir for heir in heirs if isinstance(heir, Organization)]
    _refuse_itself(predecessors, known)
    both = reread([*predecessors, *known])
    old, known = both[: len(predecessors)], both[len(predecessors) :]
    refuse_before_founding(old, decision.effective_on)
    refuse_before_founding(known, decision.effective_on, may_begin=act != Kind.ABSORB)
    if not goes_on:
        _end(old, decision)
    there = iter(known)
    after = [
        next(there) if isinstance(h, Organization) else _found(h, old, decision, by) for h in heirs
    ]
    change = _Change(act, decision, by, [] if goes_on else old, after)
    with override("vi"):  # the record is Vietnamese, whatever the actor reads
        done = written(act, _told(act, old, after), decision)
    _link(done, old, after)
    handed = _hand_on(change) if change.ending else 0
    _note(done, by, [*old, *after])
    return _tell(change, done, handed)


def _refuse_itself(predecessors: Sequence[Organization], heirs: Sequence[Organization]) -> None:
    old, new = [p.pk for p in predecessors], [h.pk for h in heirs]
    if set(old) & set(new):
        raise Invalid(_("Một đơn vị không sáp nhập vào chính nó."), field="others")
    if len(set(old)) < len(old) or len(set(new)) < len(new):
        raise Invalid(_("Mỗi đơn vị chỉ ghi một lần."), field="others")


def _end(old: Sequence[Organization], decision: Decision) -> None:
    for organization in old:
        organization.ended_on = decision.last_day
        organization.works_until = decision.works_until
        organization.save(update_fields=["ended_on", "works_until"])


def _found(
    newborn: Newborn, old: Sequence[Organization], decision: Decision, by: Actor
) -> Organization:
    """Found a unit as the first old one was, under what goes on above it."""
    like = old[0]
    borne = list(like.names.all())[-1]
    facts = OrganizationFacts(
        name=newborn.name,
        kind=like.kind,
        level=like.level,
        short_name=newborn.short_name,
        parent=_living_above(like),
        place=newborn.place or like.place,
        since=decision.effective_on,
        header=borne.header,
        superior=borne.superior,
        officer_may_send=like.officer_may_send,
        source=one_line(decision.number)[:300],
    )
    try:
        found = found_organization(facts, by=by, is_illustration=like.is_illustration)
    except (AlreadyDone, Invalid) as refusal:
        refusal.field = "successors"
        raise
    if by.organization_id in {o.pk for o in old}:
        found.keeper = None
        found.save(update_fields=["keeper"])
    return found


def _living_above(organization: Organization) -> Organization | None:
    return next((o for o in above(organization.parent) if o.ended_on is None), None)


def _told(act: str, old: Sequence[Organization], after: Sequence[Organization]) -> str:
    told = {"old": names_of(old), "new": names_of(after)}
    sentence = {
        Kind.MERGE: _("%(old)s hợp nhất thành %(new)s"),
        Kind.ABSORB: _("%(old)s sáp nhập vào %(new)s"),
        Kind.SPLIT: _("%(old)s được chia, tách: %(new)s"),
        Kind.DISSOLVE: _("%(old)s giải thể"),
    }[Kind(act)]
    return sentence % told


def _link(done: Reorganization, old: Sequence[Organization], after: Sequence[Organization]) -> None:
    heirs: list[Organization | None] = [*after] or [None]
    rows = [(o, heir) for o in old for heir in heirs]
    Succession.objects.bulk_create(
        Succession(reorganization=done, predecessor=o, successor=heir) for o, heir in rows
    )
    for heir in after:
        heir.names.filter(since=done.effective_on, act=None, until=None).update(act=done)


def _hand_on(change: _Change) -> int:
    """Hand blocs, children and what was entered to the first that comes after; return how many.

    Where nobody comes after, the children stand under what was above.
    """
    handed, ending = 0, [o.pk for o in change.ending]
    heir = change.heirs[0] if change.heirs else None
    for heirs_own in change.heirs:
        if heirs_own.parent_id in ending:
            heirs_own.parent = _living_above(heirs_own)
            heirs_own.save(update_fields=["parent"])
            handed += 1
    for old in change.ending:
        under = heir or _living_above(old)
        children = Organization.objects.filter(parent=old, ended_on=None)
        handed += children.update(parent=under)
        keeper = heir.pk if heir else change.by.organization_id
        entered = Organization.objects.filter(keeper=old, ended_on=None)
        handed += entered.exclude(pk=keeper or 0).update(keeper_id=keeper)
        handed += Bloc.objects.filter(managing_body=old, closed_on=None).update(managing_body=heir)
    return handed


def _note(done: Reorganization, by: Actor, units: Sequence[Organization]) -> None:
    for unit in units:
        told = done.told[:1000]
        record("organization.rearranged", by=by, on=unit, told=told, basis=done.number)


def _tell(change: _Change, done: Reorganization, handed: int) -> Reorganization:
    """Let the apps above do what the act says of theirs, and keep whether anything followed."""
    answers = organization_reorganized.send(
        sender=Reorganization,
        reorganization=done,
        predecessors=change.ending,
        heirs=change.heirs,
        choices=change.decision.choices,
        by=change.by,
    )
    touched = handed + sum(int(count or 0) for _receiver, count in answers)
    if touched:
        done.has_followed = True
        done.save(update_fields=["has_followed"])
    return done
