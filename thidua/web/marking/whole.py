"""The whole card as one form: for whoever has the marks on paper, and without JavaScript."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thidua.core.errors import DomainError
from thidua.scoring.actions.marking import Saved, save_marks
from thidua.scoring.errors import MarksRefused
from thidua.scoring.models import Criterion
from thidua.scoring.opened import is_blank
from thidua.scoring.rule_words import how_marked
from thidua.scoring.sheets import is_marked_in
from thidua.scoring.working import Work
from thidua.web.access import acting, signed_in
from thidua.web.marking.doors import found_work
from thidua.web.marking.forms import MarkForm
from thidua.web.marking.page import Item, Said, head_of, item_of, mark_urls, others_said, said_of
from thidua.web.marking.saving import told_of

MOST_AT_ONCE = 500  # what one form may hold; a longer table is marked criterion by criterion


@dataclass
class Row:
    """One node of the card: a group, or a criterion with what others said and its form."""

    node: Criterion
    title: str
    anchor: str  # what tells the row's place from others in addresses
    item: Item
    said: list[Said]
    rule: str = ""
    form: MarkForm | None = None
    need: str = ""
    proofs: str = ""
    own: Said | None = None

    # The fields are written here: a template that looks into a form and its fields, row by row,
    # takes three times as long as the fields do.
    @property
    def fields(self) -> SafeString:
        """The fields that say what is given."""
        written = [field.as_field_group() for field in self.form.marked] if self.form else []
        return SafeString("".join(written))

    @property
    def why(self) -> SafeString:
        """The field of the reason, and what was seen when the page was opened."""
        if self.form is None:
            return SafeString("")
        return SafeString(f"{self.form['reason'].as_field_group()}{self.form['seen']}")


@signed_in
def whole(request: HttpRequest, sheet_pk: int) -> HttpResponse:
    """Show every criterion of the sheet, and keep all marks that were typed at once."""
    work = found_work(request, sheet_pk)
    head = head_of(work, acting(request))
    is_long = len(work.mine) > MOST_AT_ONCE
    is_posted = request.method == "POST" and not is_long
    urls = mark_urls(work.sheet)
    rows = [_row(request, work, item_of(work, node, urls)) for _depth, node in work.nodes]
    told, wrong = "", []
    if is_posted:
        forms = [row.form for row in rows if row.form is not None]
        saved = _save_all(request, work, forms)
        if isinstance(saved, Saved):
            _tell(request, saved, work)
            return redirect("marking:whole", sheet_pk)
        told, wrong = saved, [row for row in rows if row.form is not None and row.form.errors]
    is_open = is_posted or not (head["closed"] or is_long)
    context = head | {
        "rows": rows if is_open else [_without_form(row) for row in rows],
        "is_open": is_open,
        "is_long": is_long,
        "refusal": told,
        "wrong": wrong,
        "left": len(work.missing),
    }
    return render(request, "marking/whole.html", context, status=422 if is_posted else 200)


def _row(request: HttpRequest, work: Work, item: Item) -> Row:
    node = item.node
    title, anchor = str(node), str(node.pk)
    if node.is_group:
        return Row(node, title, anchor, item, [])
    form = None
    if is_marked_in(work.sheet.layer.kind, node):
        form = MarkForm(
            request.POST if request.method == "POST" else None,
            prefix=f"c{node.pk}",
            criterion=node,
            layer=work.sheet.layer.kind,
            mark=work.own.get(node.pk),
            is_compact=True,
        )
    mark = work.own.get(node.pk)
    return Row(
        node,
        title,
        anchor,
        item,
        others_said(work, node),
        how_marked(node),
        form,
        work.missing.get(node.pk, ""),
        _how_many(work.proven.get(node.pk, 0)),
        said_of(work.sheet, node, mark) if form and mark and not is_blank(mark) else None,
    )


def _how_many(proofs: int) -> str:
    """Return "3 minh chứng", or "" for none."""
    if not proofs:
        return ""
    sentence = ngettext("%(proofs)s minh chứng", "%(proofs)s minh chứng", proofs)
    return sentence % {"proofs": proofs}


def _without_form(row: Row) -> Row:
    row.form = None
    return row


def _save_all(request: HttpRequest, work: Work, forms: Iterable[MarkForm]) -> Saved | str:
    """Keep all that is new, or nothing: then return why, with a sentence beside each field."""
    by_leaf = {form.criterion.pk: form for form in forms}
    if not all([form.is_valid() for form in by_leaf.values()]):  # each gets its sentences
        return _("Chưa lưu được: có điểm chưa hợp lệ.")
    own = work.own
    given = {pk: f.given() for pk, f in by_leaf.items() if f.says_anew(own.get(pk))}
    try:
        return save_marks(work.sheet, given, by=acting(request))
    except MarksRefused as refusal:
        for pk, sentence in refusal.by_criterion.items():
            by_leaf[pk].add_error("value", sentence)
        return refusal.sentence
    except DomainError as refusal:
        return refusal.sentence


def _tell(request: HttpRequest, saved: Saved, work: Work) -> None:
    for sentence in told_of(saved, work.criteria):
        messages.warning(request, sentence)
    count = len(saved.marks)
    sentence = ngettext(
        "Đã lưu %(count)d điểm.",
        "Đã lưu %(count)d điểm.",
        count,
    )
    messages.success(request, sentence % {"count": count} if count else _("Không có gì mới."))
