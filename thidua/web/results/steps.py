"""Where a year's result stands, in words, and what whoever looks may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.scoring.models import Objection, Result, ScoringTable
from thidua.web.covenants.steps import Step
from thidua.web.results.doors import leads
from thidua.web.results.ranking import mine_in, ties_in

State = Result.State


@dataclass(frozen=True)
class Now:
    """The year's results as they stand; ``versions`` are those that the person sees."""

    cycle: Cycle
    table: ScoringTable | None
    versions: Sequence[Result] = ()
    objections: Sequence[Objection] = field(default=())

    @property
    def making(self) -> Result | None:
        """The one that is preliminary, or adopted and not published yet."""
        states = (State.PRELIMINARY, State.ADOPTED)
        return next((r for r in self.versions if r.state in states), None)

    @property
    def published(self) -> Result | None:
        """The newest that was published."""
        return next((r for r in self.versions if r.state == State.PUBLISHED), None)

    @property
    def shown(self) -> Result | None:
        """What the page shows: what is published, as long as only a correction of it waits."""
        return self.published or self.making

    @property
    def waiting(self) -> list[Objection]:
        """The objections that nobody has answered."""
        return [o for o in self.objections if o.answered_at is None]


@dataclass(frozen=True)
class Where:
    """What the page says first: the kind of notice, its title and what comes next."""

    kind: str
    title: str
    text: str


def where(now: Now) -> Where:
    """Say where the result stands and who must act."""
    told = {"leader": now.cycle.bloc.leader_noun, "count": len(now.waiting)}
    making, published = now.making, now.published
    if published and making:
        told |= {"number": making.number, "old": published.number}
        text = _("Bản số %(old)d còn được xem cho đến khi %(leader)s công bố bản số %(number)d.")
        return Where("late", _("Có bản đính chính chờ công bố"), text % told)
    if published:
        whom = published.get_audience_display()
        text = _("Công bố cho: %(whom)s. Đính chính là một bản mới, bản cũ vẫn còn.")
        return Where("done", _("Kết quả đã công bố"), text % {"whom": whom})
    if making is None:
        return _nothing_yet(now, told)
    if making.state == State.ADOPTED:
        text = _("Tiếp theo: %(leader)s công bố cho các đơn vị hoặc cho mọi người.")
        return Where("info", _("Hội nghị đã thông qua"), text % told)
    text = _("Các đơn vị xem điểm và gửi kiến nghị. Sau đó hội nghị thông qua.")
    if now.waiting:
        sentence = ngettext(
            "Còn %(count)d kiến nghị chờ trả lời.",
            "Còn %(count)d kiến nghị chờ trả lời.",
            len(now.waiting),
        )
        text = f"{text} {sentence % told}"
    return Where("info", _("Kết quả sơ bộ, đang lấy ý kiến"), text)


def _nothing_yet(now: Now, told: dict[str, object]) -> Where:
    if now.table is None:
        text = _("Khi năm có bảng điểm và các đơn vị đã chấm, kết quả được lập ở đây.")
        return Where("info", _("Năm này chưa có bảng điểm được dùng"), text)
    text = _("Khi các lớp chấm đã gửi điểm, %(leader)s lập kết quả sơ bộ để mọi đơn vị xem.")
    return Where("info", _("Chưa có kết quả"), text % told)


def steps_for(now: Now, who: Acting) -> tuple[Step | None, list[Step]]:
    """Return the one main button for this person (or None) and the other ones."""
    steps = [*_answers(now, who), *_leading(now, who), *_reading(now, who)]
    if now.cycle.is_over:
        steps = _reading(now, who)
    main = next((step for step in steps if not step.off and not step.minor), None)
    return main, [step for step in steps if step is not main]


def _to(name: str, *args: int) -> str:
    return reverse(f"results:{name}", args=args)


def _answers(now: Now, who: Acting) -> list[Step]:
    label = _("Trả lời kiến nghị của %(unit)s")
    return [
        Step(label % {"unit": o.enrolment.organization.label}, _to("answer", o.pk))
        for o in now.waiting
        if who.has_perm("scoring.answer_objection", o)
    ]


def _leading(now: Now, who: Acting) -> list[Step]:
    """Draw up, settle ties, let the meeting adopt, publish: for whoever leads."""
    if now.table is None:
        return _without_table(now, who)
    if not leads(who, now.cycle):
        return []
    making = now.making
    if making is None:
        again = _to("draw_up", now.cycle.pk)
        return [] if now.published else [Step(_("Lập kết quả sơ bộ"), again)]
    if making.state == State.ADOPTED:
        label = _("Công bố bản đính chính") if making.corrects_id else _("Công bố kết quả")
        return [Step(label, _to("publish", making.pk))]
    return [*_ties(making), *_adoption(now, making)]


def _without_table(now: Now, who: Acting) -> list[Step]:
    if not who.has_perm("scoring.begin_table", now.cycle):
        return []
    return [Step(_("Soạn bảng điểm"), reverse("tables:of_cycle", args=[now.cycle.pk]))]


def _ties(making: Result) -> list[Step]:
    label = _("Ghi phiếu phân định hạng %(rank)d")
    note = _("Các đơn vị bằng điểm, bảng điểm cho hội nghị bỏ phiếu.")
    ranks = [standings[0].rank or 0 for standings in ties_in(making)]
    return [
        Step(label % {"rank": rank}, _to("settle", making.pk, rank), note=note, minor=True)
        for rank in ranks
    ]


def _adoption(now: Now, making: Result) -> list[Step]:
    off = ""
    if now.waiting:
        off = _("Còn %(count)d kiến nghị chưa trả lời.") % {"count": len(now.waiting)}
    note = _("Khi điểm đã thay đổi sau kiến nghị hoặc phân định.")
    return [
        Step(_("Ghi hội nghị thông qua"), _to("adopt", making.pk), off=off),
        Step(_("Lập lại kết quả sơ bộ"), _to("draw_up", now.cycle.pk), note=note, minor=True),
    ]


def _reading(now: Now, who: Acting) -> list[Step]:
    """See one's own card, object to it, read the result."""
    newest = now.making or now.published
    if newest is None:
        return []
    mine, steps = mine_in(newest, who), []
    if mine:
        steps.append(Step(_("Xem điểm của đơn vị bạn"), _to("standing", mine.pk)))
    if newest.state == State.PRELIMINARY and who.has_perm("scoring.object_to_result", newest):
        steps.append(Step(_("Gửi kiến nghị"), _to("object", newest.pk), minor=True))
    return [*steps, Step(_("Xem kết quả"), _to("show", newest.pk))]
