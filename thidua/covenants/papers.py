"""The facts that go into the covenant's text, and the exact text itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thidua.core import clock
from thidua.core.numbers import format_number
from thidua.core.text import day_text
from thidua.covenants.models import Clause, Covenant
from thidua.cycles.models import Cycle, Enrolment
from thidua.movements.models import Adoption
from thidua.targets.models import Target, TargetSet
from thidua.typesetting.official import Official
from thidua.typesetting.papers.covenant import CovenantFacts, Promise, compose


@dataclass(frozen=True)
class CovenantText:
    """The covenant as paragraphs: every clause numbered from 1, the members' targets annexed."""

    title: str
    of: str
    bases: list[str]
    opening: str
    parties: list[str]
    clauses: list[tuple[str, list[str]]]
    annex: list[tuple[str, list[Promise]]]

    def as_text(self) -> str:
        """Return the exact text that is frozen and signed: UTF-8, LF, blocks apart by a line."""
        with override("vi"):  # the paper's language, whatever the reader's pages are in
            return "\n\n".join(self._blocks()) + "\n"

    def _blocks(self) -> list[str]:
        blocks = [f"{self.title}\n{self.of}"]
        blocks += ["\n".join(self.bases)] if self.bases else []
        blocks += [self.opening] if self.opening else []
        members = [f"{n}. {name}" for n, name in enumerate(self.parties, 1)]
        blocks.append("\n".join([_("CÁC ĐƠN VỊ THAM GIA GIAO ƯỚC"), *members]))
        blocks += [
            "\n".join([f"{n}. {heading}", *lines])
            for n, (heading, lines) in enumerate(self.clauses, 1)
        ]
        if self.annex:
            blocks.append(_("PHỤ LỤC: CHỈ TIÊU CÁC ĐƠN VỊ ĐĂNG KÝ"))
            blocks += [
                "\n".join([unit, *(f"- {_line(promise)}" for promise in promises)])
                if promises
                else f"{unit}\n{_('(chưa thống nhất chỉ tiêu)')}"
                for unit, promises in self.annex
            ]
        return blocks


def covenant_text(covenant: Covenant, clauses: Sequence[Clause] | None = None) -> CovenantText:
    """Gather the covenant's text from its clauses, the year's movements and the locked targets.

    ``clauses`` takes the place of its own, to see how it would read before it is saved.
    The paper is Vietnamese whatever language the reader's pages are in.
    """
    own = list(covenant.clauses.all()) if clauses is None else clauses
    with override("vi"):
        cycle = covenant.cycle
        return CovenantText(
            title=_title(covenant),
            of=cycle.bloc.title,
            bases=[line for line in covenant.bases.split("\n") if line.strip()],
            opening=_opening(covenant),
            parties=[e.name for e in cycle.current()],
            clauses=[_clause(clause, cycle) for clause in own],
            annex=_annex(cycle) if any(c.kind == Clause.Kind.TARGETS for c in own) else [],
        )


def _title(covenant: Covenant) -> str:
    told = {"year": covenant.cycle.year, "number": covenant.number}
    if covenant.is_addendum:
        return _("PHỤ LỤC SỐ %(number)d CỦA BẢN GIAO ƯỚC THI ĐUA NĂM %(year)d") % told
    return _("BẢN GIAO ƯỚC THI ĐUA NĂM %(year)d") % told


def _opening(covenant: Covenant) -> str:
    """Return the opening words; those of an addendum begin with which version it changes."""
    own = covenant.opening.strip()
    return f"{amended_line(covenant)}\n{own}".strip() if covenant.is_addendum else own


def amended_line(covenant: Covenant) -> str:
    """Return the sentence by which an addendum names what it changes: title, number, day, code."""
    amended = covenant.amends
    if amended is None or amended.version is None or amended.in_force_at is None:
        return ""
    version = amended.version
    told = {
        "title": amended.title,
        "number": amended.number,
        "frozen": day_text(timezone.localdate(version.frozen_at)),
        "since": day_text(timezone.localdate(amended.in_force_at)),
        "code": version.shown_code or version.digest,
    }
    return (
        _(
            "Phụ lục này sửa đổi, bổ sung %(title)s, bản số %(number)d, chốt ngày %(frozen)s, có "
            "hiệu lực từ ngày %(since)s, mã tra cứu %(code)s. Những nội dung không nêu ở đây giữ "
            "nguyên như bản ấy."
        )
        % told
    )


def _clause(clause: Clause, cycle: Cycle) -> tuple[str, list[str]]:
    lines = [line for line in clause.body.split("\n") if line.strip()]
    if clause.kind == Clause.Kind.MOVEMENTS:
        adopted = Adoption.objects.filter(cycle=cycle)
        lines += [
            f"- {movement_line(a)}"
            for a in adopted.select_related("movement", "linked_to__movement")
        ]
    return clause.heading, lines


def movement_line(adoption: Adoption) -> str:
    """Return a movement as the covenant names it: name, period, what it is "gắn với"."""
    movement = adoption.movement
    line = _("Phong trào thi đua “%(name)s”") % {"name": movement.name}
    first, last = movement.first_year, movement.last_year
    told_in_name = str(first) in movement.name and str(last) in movement.name
    if first and last and not told_in_name:
        line += ", " + _("giai đoạn %(first)d - %(last)d") % {"first": first, "last": last}
    if adoption.linked_to:
        line += ", " + _("gắn với phong trào “%(name)s”") % {
            "name": adoption.linked_to.movement.name
        }
    return line


def _annex(cycle: Cycle) -> list[tuple[str, list[Promise]]]:
    """Return each member with its locked targets; one without says so instead of vanishing."""
    locked = TargetSet.objects.filter(enrolment__cycle=cycle, state=TargetSet.State.LOCKED)
    sets = {s.enrolment_id: s for s in locked.prefetch_related("targets")}
    return [
        (
            enrolment.name,
            [_promise(t) for t in sets[enrolment.pk].targets.all()] if enrolment.pk in sets else [],
        )
        for enrolment in cycle.current()
    ]


def _promise(target: Target) -> Promise:
    return Promise(
        name=target.name,
        promise=str(target.promise),
        baseline="" if target.baseline is None else format_number(target.baseline),
        due=day_text(target.due_on) if target.due_on else "",
    )


def _line(promise: Promise) -> str:
    """Return a target as the text names it: measure, promise, last year's number, due day."""
    line = f"{promise.name}: {promise.promise}"
    if promise.baseline:
        line += " " + _("(năm trước: %(number)s)") % {"number": promise.baseline}
    if promise.due:
        line += ", " + _("hạn %(day)s") % {"day": promise.due}
    return line


def covenant_paper(covenant: Covenant, text: CovenantText) -> Official:
    """Return the covenant as an official paper of today, made of the very parts of ``text``.

    So the words that members confirm and the words that are printed have one source.
    """
    cycle = covenant.cycle
    bloc, body = cycle.bloc, cycle.bloc.managing_body
    members = cycle.current()
    leading = [e for e in members if e.role == Enrolment.Role.LEADER]
    return compose(
        CovenantFacts(
            title=text.title,
            of=text.of,
            superior=body.name,
            place=bloc.place or body.place,
            dated=clock.today(),
            bases=text.bases,
            opening=text.opening,
            parties=text.parties,
            clauses=text.clauses,
            annex=text.annex,
            signers=[e.name for e in [*leading, *(e for e in members if e not in leading)]],
        )
    )
