"""How every form of the house is set: one renderer, named in `FORM_RENDERER`."""

from django.forms.renderers import DjangoTemplates


class HouseRenderer(DjangoTemplates):
    """Renders forms, fields and formsets by our templates, and widgets by Django's own.

    Its engine looks into Django's widget templates first and then into those of the installed
    apps, so `django.forms` need not be an installed app.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
