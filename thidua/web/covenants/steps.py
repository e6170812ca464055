"""What comes next on a covenant, who must act, and the buttons for this person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.accounts.acting import Acting
from thidua.core import clock
from thidua.core.text import day_text, join_names
from thidua.covenants.models import Covenant
from thidua.covenants.queries import Party
from thidua.web.covenants.doors import why_nothing_is_taken
from thidua.web.covenants.standing import Standing

State = Covenant.State
MOST_NAMED = 6


@dataclass(frozen=True)
class Step:
    """One button: a link, or a form of one button (``posts``), or off with its reason.

    A ``minor`` one is never the page's main button.
    """

    label: str
    url: str
    posts: bool = False
    off: str = ""
    note: str = ""
    minor: bool = False


@dataclass(frozen=True)
class Round:
    """How far the signing has come."""

    total: int
    signed: int
    due: list[str]
    days_left: int | None
    is_over: bool

    @property
    def waiting(self) -> str:
        """The members whose signature is awaited, the first few by name."""
        named = self.due[:MOST_NAMED]
        more = len(self.due) - len(named)
        if more:
            named.append(_("%(count)d đơn vị khác") % {"count": more})
        return join_names(named, _("và"))


def round_of(covenant: Covenant, parties: Sequence[Party]) -> Round:
    """Return how many have signed, who is awaited and how many days are left."""
    days = (covenant.sign_by - clock.today()).days if covenant.sign_by else None
    return Round(
        total=len(parties),
        signed=sum(party.signature is not None for party in parties),
        due=[party.enrolment.organization.label for party in parties if party.is_due],
        days_left=days,
        is_over=covenant.is_past_sign_by,
    )


def what_comes_next(covenant: Covenant, now: Round) -> str:
    """Return one sentence: what is going on and who must act."""
    leader = covenant.cycle.bloc.leader_noun
    told = {"leader": leader, "waiting": now.waiting}
    if covenant.state == State.DRAFT:
        return _("Đang soạn. Tiếp theo: %(leader)s gửi lấy ý kiến, rồi chốt nội dung để ký.") % told
    if covenant.state == State.CIRCULATED:
        return (
            _("Đang lấy ý kiến các đơn vị. Tiếp theo: %(leader)s trả lời ý kiến, rồi chốt để ký.")
            % told
        )
    if covenant.state == State.SIGNING:
        going_on = _("Đang ký. Còn chờ %(waiting)s.")
        if now.is_over:
            going_on = _(
                "Vòng ký đã hết hạn, chưa nhận chữ ký. Còn thiếu %(waiting)s; %(leader)s gia hạn "
                "hoặc tuyên bố hiệu lực."
            )
        return going_on % told
    if covenant.state == State.SUPERSEDED:
        return _("Bản này đã được thay bằng bản mới hơn.")
    if now.due:
        return _("Có hiệu lực. Còn %(waiting)s chưa ký và vẫn ký bổ sung được.") % told
    return _("Có hiệu lực, các đơn vị đã ký đủ.")


def time_left(now: Round) -> str:
    """Return how long the round still runs, in words; empty when no day is set."""
    if now.days_left is None:
        return ""
    if now.is_over:
        days = -now.days_left
        return ngettext("quá hạn %(count)d ngày", "quá hạn %(count)d ngày", days) % {"count": days}
    if now.days_left == 0:
        return _("hết hạn hôm nay, lúc 24:00")
    days = now.days_left
    return ngettext("còn %(count)d ngày", "còn %(count)d ngày", days) % {"count": days}


def steps_for(
    covenant: Covenant, who: Acting, standing: Standing, now: Round
) -> tuple[Step | None, list[Step]]:
    """Return the one main button for this person (or None) and the other ones."""
    steps = _steps(covenant, who, standing, now)
    main = next((step for step in steps if not step.off and not step.minor), None)
    return main, [step for step in steps if step is not main]


def _steps(covenant: Covenant, who: Acting, standing: Standing, now: Round) -> list[Step]:
    stopped = why_nothing_is_taken(covenant.cycle)
    if covenant.is_editable:
        return _drafting(covenant, who, stopped)
    steps = _own_signature(covenant, standing) if not stopped else []
    if who.has_perm("covenants.stand_in_covenant", covenant) and standing.may_sign:
        steps.append(Step(_("Giao người khác ký thay"), _to("substitute", covenant), minor=True))
    if who.has_perm("covenants.follow_covenant", covenant):
        note = _("Còn thiếu ai, vì sao, ai sẽ ký.")
        steps.append(Step(_("Vòng ký"), _to("round", covenant), note=note, minor=True))
    if covenant.takes_signatures and now.due and not stopped:
        steps += _on_paper(covenant, who, standing)
    if covenant.state == State.SIGNING:
        steps += _running_the_round(covenant, who, now)
    if who.has_perm("covenants.freeze_covenant", covenant) and covenant.takes_signatures:
        steps += _changing(covenant, now)
    return steps


def _to(name: str, covenant: Covenant) -> str:
    return reverse(f"covenants:{name}", args=[covenant.pk])


def _drafting(covenant: Covenant, who: Acting, stopped: str) -> list[Step]:
    """Freeze, circulate, edit: for a draft the editing comes first, for a circulated one last."""
    edit = Step(_("Soạn tiếp dự thảo"), _to("edit", covenant))
    freeze = Step(_("Chốt nội dung để ký"), _to("freeze", covenant), off=stopped)
    steps = [edit]
    if not who.has_perm("covenants.write_covenant", covenant):
        return []
    if covenant.state == State.DRAFT:
        note = _("Các đơn vị đọc dự thảo và góp ý; nội dung vẫn sửa được.")
        steps.append(Step(_("Gửi lấy ý kiến"), _to("circulate", covenant), posts=True, note=note))
    if who.has_perm("covenants.freeze_covenant", covenant):
        steps.insert(0 if covenant.state == State.CIRCULATED else len(steps), freeze)
    return steps


def _own_signature(covenant: Covenant, standing: Standing) -> list[Step]:
    if not standing.may_sign:
        return []
    if covenant.state == State.IN_FORCE:
        return [Step(_("Ký bổ sung"), _to("sign", covenant))]
    label = _("Ký phụ lục") if covenant.is_addendum else _("Ký giao ước")
    steps = [Step(label, _to("sign", covenant))]
    if not standing.has_declined:
        steps.append(Step(_("Từ chối ký, ghi lý do"), _to("decline", covenant), minor=True))
    return steps


def _on_paper(covenant: Covenant, who: Acting, standing: Standing) -> list[Step]:
    """Offer the sheet to the unit's own people until it has signed, and to who runs the round."""
    runs_it = who.has_perm("covenants.write_covenant", covenant)
    is_due = standing.is_concerned and standing.signature is None
    if not (runs_it or (is_due and who.has_perm("covenants.bring_covenant", covenant))):
        return []
    note = _("Cho lãnh đạo ký tay: in phiếu, ký, chụp ảnh nộp lại, người thứ hai đối chiếu.")
    return [Step(_("Ký trên giấy"), _to("on_paper", covenant), note=note, minor=True)]


def _running_the_round(covenant: Covenant, who: Acting, now: Round) -> list[Step]:
    steps = []
    if who.has_perm("covenants.declare_covenant", covenant) and now.due:
        steps.append(Step(_("Tuyên bố hiệu lực"), _to("declare", covenant), off=_too_soon(now)))
        steps.append(Step(_("Gia hạn ký"), _to("extend", covenant), minor=not _is_stuck(now)))
    if who.has_perm("covenants.write_covenant", covenant) and now.due:
        count = len(now.due)
        label = ngettext("Nhắc %(count)d đơn vị chưa ký", "Nhắc %(count)d đơn vị chưa ký", count)
        label %= {"count": count}
        note = _last_reminded(covenant)
        steps.append(Step(label, _to("remind", covenant), posts=True, note=note))
    return steps


def _last_reminded(covenant: Covenant) -> str:
    day = getattr(covenant, "reminded_on", None)
    if day is None:
        return _("Chưa nhắc lần nào.")
    return _("Lần nhắc gần nhất: ngày %(day)s.") % {"day": day_text(day)}


def _is_stuck(now: Round) -> bool:
    """Say whether nothing but a later day helps: the round is over and nobody has signed."""
    return now.is_over and not now.signed


def _too_soon(now: Round) -> str:
    if not now.is_over:
        return _("Chỉ tuyên bố hiệu lực sau khi hết hạn ký.")
    return "" if now.signed else _("Chưa đơn vị nào ký nên chưa tuyên bố hiệu lực được.")


def _changing(covenant: Covenant, now: Round) -> list[Step]:
    if getattr(covenant, "has_newer_version", False):
        return []
    if covenant.state == State.SIGNING and not now.signed:
        note = _("Chưa ai ký nên còn mở lại để sửa được, phải ghi lý do.")
        return [Step(_("Mở lại để sửa"), _to("unfreeze", covenant), note=note, minor=True)]
    note = _("Đã có chữ ký: muốn sửa thì lập bản mới, mọi đơn vị ký lại.")
    amend = Step(_("Lập bản mới"), _to("amend", covenant), note=note, minor=True)
    if covenant.state != State.IN_FORCE or covenant.is_addendum:
        return [amend]
    note = _("Sửa hay thêm vài điều: giao ước vẫn hiệu lực, mọi đơn vị ký phụ lục.")
    return [Step(_("Lập phụ lục"), _to("addendum", covenant), note=note, minor=True), amend]
