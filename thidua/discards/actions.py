"""Keeping what is being deleted, and putting it back."""

import json
from collections.abc import Sequence
from typing import Any

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.deeds import deed
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.core.text import one_line
from thidua.discards.kinds import kind_of
from thidua.discards.models import KEPT_FOR, Discard


@deed()
def keep_discarded(
    rows: Sequence[Model], *, by: Acting, within: Model, title: str
) -> Discard | None:
    """Keep ``rows`` as they are, in the deed that deletes them: the thing first, then its parts.

    None when the program itself deletes: nobody would look for it.
    """
    if by.user is None or by.organization is None:
        return None
    with override("vi"):
        stood_in = one_line(str(within))[:400]
    return Discard.objects.create(
        title=one_line(title)[:400],
        about_type=rows[0]._meta.label_lower,
        within_type=within._meta.label_lower,
        within_id=within.pk,
        within_name=stood_in,
        rows=json.loads(serializers.serialize("json", rows)),
        organization=by.organization,
        by=by.user,
        at=clock.now(),
    )


@deed()
def put_back(discard: Discard, *, by: Acting) -> Model:
    """Write the rows again as they were; return what they stood in.

    Refused when it was put back already, its month is over, what it stood in is no draft any more
    or is gone, something took its place, or the program has changed since.
    """
    fresh = Discard.objects.select_for_update().get(pk=discard.pk)
    if fresh.restored_at is not None:
        raise AlreadyDone(_("“%(title)s” đã được lấy lại.") % {"title": fresh.title})
    if fresh.at < clock.now() - KEPT_FOR:
        raise WrongState(_("Đã quá 30 ngày nên không lấy lại được."))
    kind = kind_of(fresh.about_type)
    rows = _read(fresh)
    if kind is None or not rows:
        raise WrongState(_("Chương trình đã đổi nên không lấy lại được. Hãy nhập lại."))
    within = kind.within._default_manager.filter(pk=fresh.within_id).first()
    if within is None:
        raise WrongState(_("“%(name)s” không còn nữa.") % {"name": fresh.within_name})
    objects = [row.object for row in rows]
    locked = kind.check(within, objects)
    try:
        with transaction.atomic():
            for row in rows:
                row.save()
    except IntegrityError as error:
        raise Invalid(
            _("Chỗ của “%(title)s” đã có cái khác trùng với nó.") % {"title": fresh.title}
        ) from error
    fresh.restored_at, fresh.restored_by = clock.now(), by.user
    fresh.save(update_fields=["restored_at", "restored_by"])
    kind.record(objects[0], locked, by)
    return locked


def _read(discard: Discard) -> list[Any]:
    try:
        return list(serializers.deserialize("json", json.dumps(discard.rows)))
    except DeserializationError:
        return []
