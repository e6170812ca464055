"""Forms are written quickly where they are plain, and then exactly as the templates write them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from thidua.web.forms import HouseRenderer


class Everything(forms.Form):
    name = forms.CharField(label="Tên <đơn vị>", max_length=20)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), required=False)
    points = forms.DecimalField(required=False, widget=forms.TextInput(attrs={"readonly": True}))
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Một"), ("b", "Hai")], required=False)
    ways = forms.MultipleChoiceField(
        choices=[("a", "Một")], widget=forms.CheckboxSelectMultiple, required=False
    )
    helped = forms.CharField(help_text="Viết gọn.", required=False)
    agreed = forms.BooleanField(required=False)


class Slow(DjangoTemplates):
    form_template_name = HouseRenderer.form_template_name
    field_template_name = HouseRenderer.field_template_name
    formset_template_name = HouseRenderer.formset_template_name


def written(renderer: DjangoTemplates, name: str, data: dict[str, str] | None) -> tuple[str, str]:
    form = Everything(data, renderer=renderer, prefix="c1")
    field = form[name].as_field_group()
    return str(form[name]), "\n".join(line.strip() for line in field.split("\n") if line.strip())


TYPED = {"c1-name": '<b>"A" & B', "c1-note": "\nhai dòng\n<i>", "c1-day": "hôm qua"}


@pytest.mark.parametrize("name", Everything.base_fields)
@pytest.mark.parametrize("data", [None, TYPED, {}], ids=["fresh", "typed", "empty"])
def test_what_is_written_quickly_reads_as_the_template_writes_it(name, data):
    assert written(HouseRenderer(), name, data) == written(Slow(), name, data)
