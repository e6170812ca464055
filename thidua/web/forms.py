"""How every form of the house is set: one renderer, named in `FORM_RENDERER`."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms import BoundField, CheckboxInput
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _


class HouseRenderer(DjangoTemplates):
    """Renders forms, fields and formsets by our templates, and widgets as Django does.

    Its engine looks into Django's widget templates first and then into those of the installed
    apps, so `django.forms` need not be an installed app. The plainest widgets are written without
    a template: a card of sixty criteria has hundreds of them.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the HTML of a form, a field or a widget."""
        write = PLAIN.get(template_name)
        if write is not None:
            return write(context["widget"])
        if template_name == self.field_template_name and _is_plain(context["field"]):
            return _field(context["field"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    written = "" if value is None else f' value="{_escaped(value)}"'
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    return mark_safe(f'<input type="{widget["type"]}" name="{name}"{written}{attributes}>')  # noqa: S308  (escaped)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    name, attributes = _escaped(widget["name"]), _attributes(widget["attrs"])
    # The line break after the tag is the browser's to drop: so one that was typed stays.
    text = _escaped(widget["value"] or "")
    return mark_safe(f'<textarea name="{name}"{attributes}>\n{text}</textarea>')  # noqa: S308  (escaped)


def _attributes(attributes: Mapping[str, Any]) -> str:
    """Return the attributes, escaped: True stands alone, False is not there."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _escaped(value: object) -> str:
    """Return what `conditional_escape` returns, in a third of its time."""
    text = value if isinstance(value, str) else str(value)
    return text if isinstance(text, SafeData) else escape(text)


PLAIN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{
        f"django/forms/widgets/{name}.html": _input
        for name in ("text", "number", "email", "url", "hidden", "date", "password", "input")
    },
    "django/forms/widgets/textarea.html": _textarea,
}


def _is_plain(field: BoundField) -> bool:
    """Say whether a field is a label above a widget, with no help and nothing wrong."""
    widget = field.field.widget
    is_row = not (widget.is_hidden or widget.use_fieldset or isinstance(widget, CheckboxInput))
    return is_row and not field.help_text and not field.errors


def _field(field: BoundField) -> SafeString:
    """Write what `forms/field.html` would write of a plain field."""
    optional = ""
    if not field.field.required:
        note = getattr(field.field, "optional_note", "") or _("(không bắt buộc)")
        optional = f' <span class="field__optional">{_escaped(note)}</span>'
    return mark_safe(  # noqa: S308  (escaped)
        f'<div class="field field--{field.widget_type}">\n'
        f'  <label for="{_escaped(field.id_for_label)}">{_escaped(field.label)}{optional}</label>\n'
        f"  {field}\n</div>\n"
    )
