"""Putting back what was taken out of a registration that is still being written."""

from typing import Any

from django.utils.translation import gettext as _

from thidua.accounts.acting import Acting
from thidua.core.errors import Invalid
from thidua.discards.kinds import Kind, can_be_put_back
from thidua.targets.actions.drafting import MOST_TARGETS, editable, note
from thidua.targets.models import Registration, Target, TargetSet


def restorable() -> None:
    """Tell how targets and registered honours are put back."""
    prepare = TargetSet.get_perm("prepare")
    can_be_put_back(Target, Kind(TargetSet, prepare, _target_fits, _target_restored))
    can_be_put_back(Registration, Kind(TargetSet, prepare, _honour_fits, _honour_restored))


def _target_fits(target_set: TargetSet, rows: list[Any]) -> TargetSet:
    """Let the target come last, as a new one would."""
    target_set = editable(target_set)
    if target_set.targets.count() >= MOST_TARGETS:
        raise Invalid(_("Một bản đăng ký có nhiều nhất 200 chỉ tiêu."))
    last = target_set.targets.order_by("-place").values_list("place", flat=True).first() or 0
    rows[0].place = last + 1
    return target_set


def _target_restored(target: Target, target_set: Any, by: Acting) -> None:
    note("target.restored", target_set, by, target=target.name, promise=target.recorded_promise)


def _honour_fits(target_set: TargetSet, _rows: list[Any]) -> TargetSet:
    return editable(target_set)


def _honour_restored(row: Registration, target_set: Any, by: Acting) -> None:
    told = {"honour": row.honour_name, "subject": row.subject_name}
    note("honour.restored", target_set, by, **told)
