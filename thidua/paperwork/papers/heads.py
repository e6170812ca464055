"""Head and foot of a draft's paper: whose it is, where and when, its number, who signs."""

from django.utils.translation import gettext_lazy as _

from thidua.cycles.models import Enrolment
from thidua.documents.actions import symbol_of
from thidua.documents.legal import lines_for
from thidua.organizations.queries import HeaderLines, header_of
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Kind, Part, Texts, day_of
from thidua.typesetting.official import Header, HeaderStyle, Mark, Signatory
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.standard import (
    LEAD_HEADS,
    for_the_bloc,
    founded_by,
    recipients_of_bloc,
    recipients_of_member,
)
from thidua.typesetting.papers.wording import lines_of

STYLES: dict[str, HeaderStyle] = {"state": "state", "party": "party", "youth": "youth"}
BASES = Part("bases", _("Căn cứ"), _("Mỗi dòng một căn cứ."), rows=5)
ADDRESSED = Part("addressed", _("Kính gửi"), _("Mỗi dòng một nơi."), rows=3, required=True)
RECIPIENTS = Part("recipients", _("Nơi nhận"), _("Mỗi dòng một nơi."), rows=4)


def frame_of(draft: Draft, kind: Kind, texts: Texts, symbol: str, mark: Mark | None) -> Frame:
    """Return head and foot as the draft has them; who signs is never guessed."""
    day = day_of(draft)
    head = header_lines(draft)
    numbers = header_of(draft.issuer, day)
    return Frame(
        header=Header(head.body, head.superior, STYLES[head.style]),
        symbol=symbol or symbol_of(None, kind.abbreviation, numbers.symbol),
        place=draft.place or head.place or numbers.place,
        dated=day,
        addressed_to=lines_of(texts.get(ADDRESSED.name, "")),
        bases=lines_of(texts.get(BASES.name, "")),
        signatories=[signatory_of(draft)],
        recipients=lines_of(texts.get(RECIPIENTS.name, "")),
        mark=mark,
    )


def header_lines(draft: Draft) -> HeaderLines:
    """Return the header of the paper's day: the bloc's own, or the member's with its remarks."""
    whose = draft.enrolment.organization if draft.enrolment else draft.cycle.bloc
    return header_of(whose, day_of(draft))


def bases_for(draft: Draft) -> str:
    """Return the căn cứ that are proposed for the paper's day, a line each."""
    bloc, day = draft.cycle.bloc, day_of(draft)
    lines = lines_for(day)
    if bloc.decision_on is None or bloc.decision_on <= day:
        told = (bloc.decision_number, bloc.decision_on, bloc.decision_by)
        lines += founded_by(*told, bloc.title)
    return "\n".join(lines)


def signatory_of(draft: Draft) -> Signatory:
    """Return the place of the signature, with the name where a signer was chosen."""
    signer = draft.signer
    capacity = signer.capacity if signer else [LEAD_HEADS]
    bloc = draft.cycle.bloc
    mine = draft.cycle.enrolment_of(draft.issuer_id)
    if draft.enrolment is None and mine and mine.role == Enrolment.Role.LEADER:
        capacity = for_the_bloc(bloc.noun, bloc.leader_noun, capacity)
    return Signatory(capacity, signer.user.name if signer else "")


def recipients_for(draft: Draft) -> str:
    """Return who gets the paper, a line each, for the free part."""
    bloc = draft.cycle.bloc
    manager = bloc.managing_body.name
    if draft.enrolment is None:
        return "\n".join(recipients_of_bloc(bloc.title, manager))
    leaders = draft.cycle.in_role(Enrolment.Role.LEADER)
    others = [e.name for e in leaders if e.pk != draft.enrolment.pk]
    return "\n".join(recipients_of_member("".join(others[:1]), bloc.leader_noun, manager))
