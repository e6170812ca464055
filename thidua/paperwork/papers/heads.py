"""Head and foot of a draft's paper: whose it is, where and when, its number, who signs."""

from django.utils.translation import gettext_lazy as _

from thidua.core.text import one_line
from thidua.cycles.models import Enrolment
from thidua.organizations.models import Organization
from thidua.paperwork.models import Draft
from thidua.paperwork.papers.base import Kind, Part, Texts, day_of
from thidua.typesetting.official import Header, Mark, Signatory
from thidua.typesetting.papers.frame import Frame
from thidua.typesetting.papers.standard import (
    LEAD_HEADS,
    for_the_bloc,
    recipients_of_bloc,
    recipients_of_member,
)
from thidua.typesetting.papers.wording import lines_of

BASES = Part("bases", _("Căn cứ"), _("Mỗi dòng một căn cứ."), rows=5)
ADDRESSED = Part("addressed", _("Kính gửi"), _("Mỗi dòng một nơi."), rows=3, required=True)
RECIPIENTS = Part("recipients", _("Nơi nhận"), _("Mỗi dòng một nơi."), rows=4)


def frame_of(draft: Draft, kind: Kind, texts: Texts, symbol: str, mark: Mark | None) -> Frame:
    """Return head and foot as the draft has them; who signs is never guessed."""
    day = day_of(draft)
    own = draft.enrolment.organization if draft.enrolment else draft.issuer
    place = draft.place or own.place_on(day)
    return Frame(
        header=_header(draft),
        symbol=symbol or blank_symbol(kind, draft.issuer),
        place=place or draft.cycle.bloc.place,
        dated=day,
        addressed_to=lines_of(texts.get(ADDRESSED.name, "")),
        bases=lines_of(texts.get(BASES.name, "")),
        signatories=[signatory_of(draft)],
        recipients=lines_of(texts.get(RECIPIENTS.name, "")),
        mark=mark,
    )


def _header(draft: Draft) -> Header:
    """Return the header of the member's papers on that day, or the bloc's own."""
    if draft.enrolment is None:
        bloc = draft.cycle.bloc
        return Header(bloc.title.upper(), superior=bloc.managing_body.name.upper())
    organization, day = draft.enrolment.organization, day_of(draft)
    borne = organization.borne_on(day)
    name = organization.name_on(day).upper()
    if borne is None:
        return Header(name)
    style = {"party": "party", "youth": "youth"}.get(borne.header, "state")
    return Header(name, borne.superior.upper(), style)  # type: ignore[arg-type]


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


def blank_symbol(kind: Kind, issuer: Organization) -> str:
    """Return a symbol with a blank for the number: "     /BC-LĐLĐ"; a công văn's has no kind."""
    initials = initials_of(issuer.label)
    return (
        f"     /{initials}"
        if kind.abbreviation == "CV"
        else f"     /{kind.abbreviation}-{initials}"
    )


def initials_of(name: str) -> str:
    """Return a name as symbols write it: words in capitals whole, of others the first letter."""
    words = [word for word in one_line(name).replace("-", " ").split() if word[0].isalpha()]
    return "".join(w if w.isupper() else w[0].upper() for w in words)[:12]
