"""Acts about one organisation that goes on: a new name, another parent."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.audit.actions import Actor, record
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import Invalid
from thidua.core.text import one_line
from thidua.organizations.actions.deciding import (
    Decision,
    above,
    refuse_bad_days,
    refuse_before_founding,
    reread,
    written,
)
from thidua.organizations.models import Name, Organization, Reorganization


@deed()
def rename_organization(
    organization: Organization,
    *,
    by: Actor,
    name: str,
    since: date,
    short_name: str = "",
    basis: str = "",
    place: str = "",
    decision: Decision | None = None,
) -> Name:
    """Give a new name from a day on; the old one ends the day before and stays searchable.

    With the name the place (địa danh) of its papers may change. ``decision`` tells more of the
    paper than ``basis`` does; its day is that of the name.
    """
    decision = replace(decision or Decision(since, number=basis), effective_on=since)
    basis = one_line(basis) or decision.number
    (organization,) = reread([organization])
    now_borne = organization.names.get(until=None)
    if since <= now_borne.since:
        raise Invalid(_("Ngày đổi tên phải sau ngày bắt đầu của tên đang dùng."), field="since")
    if since > clock.today():
        raise Invalid(_("Ngày đổi tên chưa tới."), field="since")
    if one_line(name) == organization.name and one_line(place) in ("", organization.place):
        raise Invalid(_("Tên mới trùng với tên đang dùng."), field="name")
    with override("vi"):
        told = _("%(old)s đổi tên thành %(new)s") % {"old": now_borne.name, "new": one_line(name)}
    done = written(Reorganization.Act.RENAME, told, decision, subject=organization)
    former = f"{organization.name} {organization.short_name}"
    new = _bear(organization, done, name=name, short_name=short_name, place=place)
    new.basis = basis[:300]
    new.save(update_fields=["basis"])
    organization.former_names = f"{organization.former_names}\n{former}".strip()
    organization.name, organization.short_name = name, short_name
    organization.place = new.place
    organization.save()
    record("organization.renamed", by=by, on=organization, former=now_borne.name, basis=basis)
    return new


def _bear(organization: Organization, done: Reorganization, **told: str) -> Name:
    """Let the name borne now end the day before the act, and another begin with it."""
    organization.names.filter(place="").update(place=organization.place)
    before = organization.names.get(until=None)
    before.until = done.effective_on - timedelta(days=1)
    before.save(update_fields=["until"])
    return organization.names.create(
        name=told["name"],
        short_name=told["short_name"],
        since=done.effective_on,
        header=before.header,
        superior=told.get("superior") or before.superior,
        symbol=before.symbol,
        place=told.get("place") or before.place,
        act=done,
    )


@deed()
def move_organization(
    organization: Organization,
    parent: Organization | None,
    decision: Decision,
    *,
    by: Actor,
    place: str = "",
    superior: str = "",
) -> Reorganization:
    """Place an organisation under another parent from a day on, by a decision.

    Where the place or the body named above its papers changes with that, its papers bear the new
    ones from that day on.
    """
    refuse_bad_days(decision)
    locked = reread([organization, *([parent] if parent else [])])
    organization, parent = locked[0], locked[1] if parent else None
    refuse_before_founding([organization], decision.effective_on)
    if any(o.pk == organization.pk for o in above(parent)):
        raise Invalid(_("Một đơn vị không trực thuộc chính nó."), field="parent")
    former = organization.parent
    if former == parent:
        raise Invalid(_("Đơn vị đang trực thuộc đơn vị này rồi."), field="parent")
    with override("vi"):
        told = _("%(unit)s chuyển từ %(old)s sang trực thuộc %(new)s") % {
            "unit": organization.name,
            "old": former.name if former else _("(không nêu)"),
            "new": parent.name if parent else _("(không nêu)"),
        }
    parents = {"former_parent": former, "parent": parent}
    done = written(Reorganization.Act.MOVE, told, decision, subject=organization, **parents)
    if one_line(place) not in ("", organization.place) or one_line(superior):
        facts = {"name": organization.name, "short_name": organization.short_name}
        new = _bear(organization, done, place=place, superior=superior, **facts)
        organization.place = new.place
    organization.parent = parent
    organization.save()
    record("organization.rearranged", by=by, on=organization, told=told[:1000], basis=done.number)
    return done
