"""Which marks fall due: told to the reminders of `notifications`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from thidua.core import clock
from thidua.cycles.models import Cycle, Phase
from thidua.notifications.due import Due
from thidua.scoring.models import Card, Layer, Result, ScoringTable, Sheet
from thidua.scoring.sheets import SETTLED

Kind = Layer.Kind
# Each layer that organisations owe by a day of its own phase.
PHASES: dict[str, str] = {
    Phase.Kind.SELF_SCORING: Kind.SELF,
    Phase.Kind.CHECKING: Kind.CROSS,
}
SENTENCES: dict[str, tuple[str, str]] = {
    Kind.SELF: (
        gettext_noop(
            "Nhắc hạn: đơn vị chưa gửi điểm tự chấm năm %(year)d, hạn hết ngày %(day)s, "
            "còn %(left)d ngày."
        ),
        gettext_noop("Nhắc hạn: hôm nay, %(day)s, là ngày cuối gửi điểm tự chấm năm %(year)d."),
    ),
    Kind.CROSS: (
        gettext_noop(
            "Nhắc hạn: đơn vị chưa gửi điểm kiểm tra chéo của %(unit)s, năm %(year)d, hạn hết "
            "ngày %(day)s, còn %(left)d ngày."
        ),
        gettext_noop(
            "Nhắc hạn: hôm nay, %(day)s, là ngày cuối gửi điểm kiểm tra chéo của %(unit)s, "
            "năm %(year)d."
        ),
    ),
}


APPRAISAL = (
    gettext_noop(
        "Nhắc hạn: %(count)d phiếu điểm năm %(year)d chờ đơn vị thẩm định, hạn hết ngày %(day)s, "
        "còn %(left)d ngày."
    ),
    gettext_noop(
        "Nhắc hạn: hôm nay, %(day)s, là ngày cuối thẩm định %(count)d phiếu điểm năm %(year)d."
    ),
)
Windows = dict[tuple[int, str], Phase]


def owed(first: date, last: date) -> Iterator[Due]:
    """Yield what is to be marked by these days with the organisation that marks it."""
    phases = Phase.objects.filter(
        kind__in=PHASES, due_on__range=(first, last), cycle__state=Cycle.State.OPEN
    ).exclude(cycle__in=Result.objects.filter(state__in=SETTLED).values("cycle"))
    open_now = [p for p in phases.select_related("cycle").prefetch_related("acts") if p.accepts]
    yield from _sheets({(p.cycle_id, PHASES[p.kind]): p for p in open_now})
    yield from _appraisals({p.cycle_id: p for p in open_now if p.kind == Phase.Kind.CHECKING})


def _sheets(windows: Windows) -> Iterator[Due]:
    """Yield each sheet of one's own card, or of a card to be cross-checked, that is not sent."""
    sheets = Sheet.objects.filter(
        state=Sheet.State.OPEN,
        layer__kind__in=PHASES.values(),
        layer__cycle__in=[cycle for cycle, _layer in windows],
        card__table__state=ScoringTable.State.ADOPTED,
        card__enrolment__left_on=None,
    )
    for sheet in sheets.select_related("layer", "card__enrolment__organization"):
        phase = windows.get((sheet.layer.cycle_id, sheet.layer.kind))
        if phase is not None and phase.due_on:
            sentence, on_the_day = SENTENCES[sheet.layer.kind]
            yield Due(
                thing=f"scoring.sheet:{sheet.pk}",
                due_on=phase.due_on,
                since=phase.opens_on,
                bloc_id=phase.cycle.bloc_id,
                organizations=[sheet.organization_id],
                sentence=sentence,
                on_the_day=on_the_day,
                about=sheet,
                facts={"unit": sheet.card.enrolment.organization.name, "year": phase.cycle.year},
            )


def _appraisals(windows: Mapping[int, Phase]) -> Iterator[Due]:
    """Yield, for each reviewer, how many cards that were sent wait for its appraisal."""
    with_layer = Layer.objects.filter(cycle__in=windows, kind=Kind.LEAD).values("cycle")
    sent = Sheet.objects.filter(card=OuterRef("pk"), state=Sheet.State.SENT)
    cards = Card.objects.filter(
        Exists(sent.filter(layer__kind=Kind.SELF)),
        ~Exists(sent.filter(layer__kind=Kind.LEAD)),
        table__state=ScoringTable.State.ADOPTED,
        enrolment__cycle__in=with_layer,
        enrolment__left_on=None,
    )
    waiting = set(cards.values_list("enrolment", flat=True))
    cycles = Cycle.objects.filter(enrolments__in=waiting).distinct().select_related("bloc")
    for cycle in cycles.prefetch_related("enrolments"):
        phase = windows[cycle.pk]
        counts: Counter[int] = Counter()
        for member in (e for e in cycle.current() if e.pk in waiting):
            reviewers = [e.organization_id for e in cycle.reviewers_of(member)]
            counts.update(reviewers or [cycle.bloc.managing_body_id])
        for organization, count in counts.items():
            yield Due(
                thing=f"scoring.appraisal:{cycle.pk}:{organization}",
                due_on=phase.due_on or clock.today(),
                since=phase.opens_on,
                bloc_id=cycle.bloc_id,
                organizations=[organization],
                sentence=APPRAISAL[0],
                on_the_day=APPRAISAL[1],
                about=cycle,
                facts={"count": count, "year": cycle.year},
            )
