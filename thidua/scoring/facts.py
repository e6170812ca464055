"""What the system knows by itself about a member's year, for criteria that are marked by it.

Apps below are read directly; an app above registers its own fact when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core.text import day_text, fold
from thidua.covenants.models import Covenant
from thidua.cycles.models import Enrolment
from thidua.reporting import results, standings
from thidua.targets.models import Target, TargetSet

COMMON_TARGET = "common:"


@dataclass(frozen=True)
class Finding:
    """What was found: the value (None: nothing known yet), a target, and the sentence why."""

    value: Decimal | None
    sentence: str
    target: Decimal | None = None


@dataclass(frozen=True)
class Fact:
    """Something the system can find out about a member's year.

    ``gives``: "yes_no" (1 or 0), "count", "percent", or "number", with a target if there is one.
    """

    name: str
    label: str | Promise
    find: Callable[[Enrolment], Finding]
    gives: str = "number"


FACTS: dict[str, Fact] = {}


def register(
    name: str, label: str | Promise, find: Callable[[Enrolment], Finding], gives: str = "number"
) -> None:
    """Make a fact known under ``name``; a later one of the same name takes its place."""
    FACTS[name] = Fact(name, label, find, gives)


def find_fact(name: str, enrolment: Enrolment) -> Finding:
    """Return what is known of ``name`` about the member; an unknown fact finds nothing."""
    if name.startswith(COMMON_TARGET):
        return _common_target(name.removeprefix(COMMON_TARGET), enrolment)
    fact = FACTS.get(name)
    return fact.find(enrolment) if fact else Finding(None, _now("Chưa có số liệu này."))


def _covenant_on_time(enrolment: Enrolment) -> Finding:
    """1 where the covenant that counts was signed in its round, 0 where late or not at all."""
    covenant = (
        Covenant.objects.filter(
            cycle=enrolment.cycle_id, kind=Covenant.Kind.WHOLE, state=Covenant.State.IN_FORCE
        )
        .select_related("version")
        .defer("version__text", "version__official")
        .order_by("-number")
        .first()
    )
    if covenant is None or covenant.version is None:
        return Finding(None, _now("Giao ước của năm chưa có hiệu lực."))
    signed = covenant.version.signatures.filter(organization__in=enrolment.bearer_ids).first()
    if signed is None:
        return Finding(Decimal(0), _now("Đơn vị chưa ký giao ước."))
    told = {"day": day_text(timezone.localdate(signed.signed_at))}
    if signed.is_late:
        return Finding(Decimal(0), _now("Ký giao ước muộn, ngày %(day)s.") % told)
    return Finding(Decimal(1), _now("Ký giao ước đúng hạn, ngày %(day)s.") % told)


def _registered_on_time(enrolment: Enrolment) -> Finding:
    """1 where the registration was sent on time, 0 where late or not at all."""
    target_set = TargetSet.objects.filter(enrolment=enrolment).first()
    sent = (
        target_set.sendings.filter(takes_back=False).order_by("at").first() if target_set else None
    )
    if sent is None:
        return Finding(Decimal(0), _now("Đơn vị chưa gửi bản đăng ký thi đua."))
    told = {"day": day_text(timezone.localdate(sent.at))}
    if sent.is_late:
        return Finding(Decimal(0), _now("Gửi bản đăng ký muộn, ngày %(day)s.") % told)
    return Finding(Decimal(1), _now("Gửi bản đăng ký đúng hạn, ngày %(day)s.") % told)


def _reports_late(enrolment: Enrolment) -> Finding:
    """How many reports came late or not at all."""
    count = standings.reports_late_count(enrolment)
    sentence = _now("%(count)d báo cáo gửi muộn hoặc không gửi.") % {"count": count}
    return Finding(Decimal(count), sentence)


def _reports_on_time(enrolment: Enrolment) -> Finding:
    """1 where no report was late or missing."""
    finding = _reports_late(enrolment)
    return Finding(Decimal(int(finding.value == 0)), finding.sentence)


def _targets_average(enrolment: Enrolment) -> Finding:
    """The mean of đạt over the member's targets, each at most 100 %."""
    average = results.average_of(enrolment)
    if average is None:
        return Finding(None, _now("Đơn vị chưa có chỉ tiêu nào tính được tỷ lệ."))
    told = {"percent": f"{average:f}".replace(".", ",")}
    return Finding(average, _now("Bình quân các chỉ tiêu đạt %(percent)s %%.") % told)


def _common_target(name: str, enrolment: Enrolment) -> Finding:
    """The member's own result in its part of a common target, with its own number as target."""
    parts = Target.objects.filter(target_set__enrolment=enrolment).select_related("common")
    part = next((t for t in parts if t.common and fold(t.common.name) == fold(name)), None)
    if part is None:
        return Finding(None, _now("Đơn vị không góp phần vào chỉ tiêu chung này."))
    actual = results.result_of(part, part.measurements.all()).actual
    if actual is None:
        return Finding(None, _now("Đơn vị chưa báo số thực hiện."), part.number)
    return Finding(actual, _now("Lấy từ số đã báo cáo."), part.number)


register("covenant_on_time", _("ký giao ước đúng hạn"), _covenant_on_time, "yes_no")
register("registered_on_time", _("gửi bản đăng ký thi đua đúng hạn"), _registered_on_time, "yes_no")
register("reports_on_time", _("mọi báo cáo đúng hạn"), _reports_on_time, "yes_no")
register("reports_late", _("số báo cáo muộn hoặc không gửi"), _reports_late, "count")
register("targets_average", _("bình quân % đạt của các chỉ tiêu"), _targets_average, "percent")
