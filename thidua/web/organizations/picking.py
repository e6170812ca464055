"""Fields in which organisations are told by their names: one, or one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.core.text import one_line
from thidua.organizations.models import Organization
from thidua.organizations.queries import living, matching
from thidua.web.fields import BodyField, LineField

MOST_OFFERED, MOST_LINES = 8, 200
NOT_FOUND = _("Chưa thấy đơn vị nào có tên như vậy.")
NOT_UNDER = _(
    "%(name)s không thuộc quyền sắp xếp của cơ quan bạn. Chỉ sắp xếp được đơn vị trực thuộc hoặc "
    "do cơ quan bạn nhập."
)


def the_one_named(text: str, among: QuerySet[Organization]) -> Organization:
    """Return the only organisation ``among`` these that the text can mean, or say why not."""
    same = among.filter(name=text)[:2]
    found = list(same) or list(among.filter(matching(text))[:MOST_OFFERED])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(NOT_FOUND)
    names = "; ".join(dict.fromkeys(o.name for o in found))
    raise ValidationError(
        _("Nhiều đơn vị có tên như vậy, hãy gõ đủ tên một đơn vị: %(names)s"),
        params={"names": names},
    )


class OrganizationByName(LineField):
    """An organisation that goes on, found by what is typed of its name."""

    def clean(self, value: Any) -> Any:
        """Return the only organisation that the text can mean, or None for nothing."""
        text = super().clean(value)
        return the_one_named(text, living()) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Return the name of an organisation; what was typed stays as it was typed."""
        return value.name if isinstance(value, Organization) else value


class UnitByName(OrganizationByName):
    """One of the organisations that the person may rearrange (``among``)."""

    among: QuerySet[Organization]

    def clean(self, value: Any) -> Any:
        """Return it, or say that it is another's."""
        found = super().clean(value)
        if found is not None and not self.among.filter(pk=found.pk).exists():
            raise ValidationError(NOT_UNDER, params={"name": found.name})
        return found


class UnitsByName(BodyField):
    """Several of the organisations that the person may rearrange: one a line."""

    among: QuerySet[Organization]
    widget = forms.Textarea

    def clean(self, value: Any) -> list[Organization]:
        """Return them in their order; each line that cannot be read gets its sentence."""
        lines = lines_of(super().clean(value))
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("Nhiều quá %(most)d dòng. Hãy ghi thành nhiều lần."),
                params={"most": MOST_LINES},
            )
        found, wrong = [], []
        for number, line in enumerate(lines, 1):
            try:
                unit = the_one_named(line, living())
                if not self.among.filter(pk=unit.pk).exists():
                    raise ValidationError(NOT_UNDER, params={"name": unit.name})
                found.append(unit)
            except ValidationError as error:
                told = {"number": number, "line": line, "why": " ".join(error.messages)}
                wrong.append(
                    ValidationError(_("Dòng %(number)d, “%(line)s”: %(why)s"), params=told)
                )
        if wrong:
            raise ValidationError(wrong)
        return found


def lines_of(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line for line in (one_line(raw) for raw in text.split("\n")) if line]
