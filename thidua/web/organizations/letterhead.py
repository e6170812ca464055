"""The page of an organisation's header: what stands above its papers, and how that looks."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thidua.core import clock
from thidua.organizations.actions import Letterhead, write_letterhead
from thidua.organizations.models import Name, Organization
from thidua.organizations.queries import HeaderLines, header_of, organizations
from thidua.web.access import acting, bind, perform, require, signed_in
from thidua.web.fields import LineField


class LetterheadForm(forms.Form):
    """The header of papers, apart from the name of the organisation itself."""

    header = forms.ChoiceField(label=_("Đầu văn bản"), choices=Name.Header.choices)
    superior = LineField(
        label=_("Tên cơ quan cấp trên"),
        max_length=300,
        required=False,
        help_text=_("Dòng trên cùng, phía trên tên đơn vị. Để trống nếu không ghi."),
    )
    place = LineField(
        label=_("Địa danh"),
        max_length=100,
        required=False,
        help_text=_("Đứng trước ngày, tháng, năm. Ví dụ: Nam Định"),
    )
    symbol = LineField(
        label=_("Ký hiệu đơn vị"),
        max_length=30,
        required=False,
        help_text=_("Chữ viết tắt đứng sau số và loại văn bản. Ví dụ: LĐLĐ"),
    )


@signed_in
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the papers of an organisation begin, and let that be put right.

    With ``look`` what was typed is only shown, not kept.
    """
    organization = get_object_or_404(organizations().prefetch_related("names"), pk=pk)
    who = acting(request)
    require(who, "organizations.letterhead_organization", organization)
    form = bind(LetterheadForm, request, initial=_told(organization))
    is_look = "look" in request.POST
    if form.is_valid() and not is_look:
        told = Letterhead(**form.cleaned_data)
        if perform(form, write_letterhead, organization, told, by=who):
            messages.success(request, _now("Đã lưu đầu văn bản."))
            return redirect("organizations:letterhead", pk)
    page = {
        "form": form,
        "organization": organization,
        "header": _seen(organization, form),
        "is_look": is_look,
        "today": clock.today(),
    }
    is_refused = form.is_bound and bool(form.errors)
    return render(request, "organizations/letterhead.html", page, status=422 if is_refused else 200)


def _told(organization: Organization) -> dict[str, str]:
    borne = organization.borne_on(clock.today()) or Name()
    place = borne.place or organization.place
    return {
        "header": borne.header,
        "superior": borne.superior,
        "place": place,
        "symbol": borne.own_symbol,
    }


def _seen(organization: Organization, form: LetterheadForm) -> HeaderLines:
    """Return the header as it is kept, or as it was typed where that can be read."""
    kept = header_of(organization, clock.today())
    if not form.is_bound or not form.is_valid():
        return kept
    told = form.cleaned_data
    return replace(
        kept,
        style=told["header"],
        superior=told["superior"].upper(),
        place=told["place"],
        symbol=told["symbol"],
        remarks=() if told["superior"] else kept.remarks,
    )
