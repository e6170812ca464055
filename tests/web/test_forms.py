"""How the house sets a form: what a person, also with a screen reader, finds beside each field."""

from django import forms

from thidua.web.forms import HouseRenderer


class Promise(forms.Form):
    """A form with one field of each way of being set."""

    number = forms.IntegerField(label="Số phấn đấu", help_text="1.234 là một nghìn hai trăm")
    note = forms.CharField(label="Ghi chú", required=False)
    way = forms.ChoiceField(label="Hướng", choices=[("m", "Nhiều")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đã đọc", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_the_house_renderer_is_the_one_in_use() -> None:
    assert isinstance(Promise().renderer, HouseRenderer)


def test_an_error_stands_beside_its_field_and_the_field_says_so() -> None:
    page = str(Promise({"number": "chừng 12", "way": "m"}))
    assert 'aria-describedby="id_number_helptext id_number_error"' in page
    assert '<ul class="field__errors" id="id_number_error">' in page
    assert 'value="chừng 12"' in page


def test_the_summary_leads_to_each_wrong_field_also_to_a_choice() -> None:
    page = str(Promise({}))
    assert '<a href="#id_number">Số phấn đấu: ' in page
    assert '<a href="#id_way">Hướng: ' in page
    assert 'id="id_way"' in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(Promise())


def test_only_what_may_be_left_empty_says_so() -> None:
    page = str(Promise())
    assert page.count("(không bắt buộc)") == 1
    assert "Ghi chú <span" in page


def test_a_hidden_field_has_no_label() -> None:
    assert '<input type="hidden" name="token" id="id_token">' in str(Promise())


def test_a_formset_numbers_its_rows_and_keeps_its_management_form() -> None:
    page = str(forms.formset_factory(Promise, extra=2)())
    assert page.count('<fieldset class="row-form">') == 2
    assert "Dòng 2" in page
    assert 'name="form-TOTAL_FORMS"' in page
