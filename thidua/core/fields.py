"""Columns that keep Vietnamese text in one form and carry its folded and sorting twins."""

from collections.abc import Callable
from typing import Any

from django.db import models

from thidua.core.text import fold, nfc, one_line, sort_key


class LineField(models.CharField):
    """One line of text: NFC, blanks joined, ends trimmed, on the way in and in look-ups."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return one_line(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = one_line(value)
            setattr(model_instance, self.attname, value)
        return value


class BodyField(models.TextField):
    """Many lines of text: NFC, LF line ends."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = nfc(value)
            setattr(model_instance, self.attname, value)
        return value


class _DerivedField(models.TextField):
    """A column computed from others each time its row is saved; never typed."""

    derive: Callable[[str], str]  # what is stored for the sources' text

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        options.update(editable=False, default="")
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, options = super().deconstruct()
        for made_here in ("editable", "default"):
            options.pop(made_here, None)
        return name, path, list(self.sources), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = " ".join(str(getattr(model_instance, source) or "") for source in self.sources)
        value = self.derive(text)
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(_DerivedField):
    """The text without marks, for search on both databases alike."""

    derive = staticmethod(fold)


class SortKeyField(_DerivedField):
    """The text as a key that sorts by the Vietnamese alphabet on both databases alike."""

    derive = staticmethod(sort_key)
