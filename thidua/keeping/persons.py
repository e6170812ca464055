"""What the program knows of one person, gathered from every table that points at them.

An app above or below needs to do nothing for it: whatever has a foreign key to a person or to an
account is found. Secrets are left out, and what a JSON column holds, which may be about others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Field, JSONField, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.accounts.models import User
from thidua.audit.models import Entry
from thidua.core.fields import BodyField, FoldedField, LineField, SortKeyField
from thidua.organizations.models import Bloc, Organization, Person

# By the name of the column: what lets somebody in, or says nothing to a person.
NEVER = {
    "password",
    "digest",
    "seed",
    "data",
    "key",
    "turn",
    "token",
    "sign_outs",
    "html",
    "about_type",
    "about_id",
}
NEVER_OF = {
    "notifications.calendaraddress": {"name"},
    "documents.heldkey": {"file", "closed"},
    "documents.trustroot": {"pem"},
    "documents.registeredcertificate": {"pem"},
}
WORDS = {
    "at": gettext_lazy("lúc"),
    "sent_at": gettext_lazy("gửi lúc"),
    "read_at": gettext_lazy("đọc lúc"),
    "saved_at": gettext_lazy("lưu lúc"),
    "made_at": gettext_lazy("làm lúc"),
    "answered_at": gettext_lazy("trả lời lúc"),
    "joined_at": gettext_lazy("tham gia lúc"),
    "created_at": gettext_lazy("tạo lúc"),
    "last_used_at": gettext_lazy("dùng lần cuối"),
    "name": gettext_lazy("tên"),
    "since": gettext_lazy("từ"),
    "number": gettext_lazy("số"),
}
NAMED = (Person, User, Organization, Bloc)  # whose names are told; of other things the number


@dataclass(frozen=True)
class Section:
    """The rows of one table that point at the person in one way."""

    title: str
    role: str
    rows: list[dict[str, str]]


@dataclass
class Known:
    """All that is known: what they are, what points at them, what they did."""

    person: Person
    accounts: list[User]
    about: dict[str, str]
    sections: list[Section] = field(default_factory=list)

    def entries(self) -> QuerySet[Entry]:
        """Return what the trail says they did, the oldest first."""
        mine = [user.pk for user in self.accounts]
        return Entry.objects.filter(actor_id__in=mine).order_by("at", "pk")


def known_of(person: Person) -> Known:
    """Gather everything; asks each table that has a foreign key to a person or an account."""
    users = list(User.objects.filter(person=person).order_by("pk"))
    found = Known(person, users, _row(person))
    if users:
        found.sections.append(Section(_("tài khoản"), "", [_row(user) for user in users]))
    for model in apps.get_models():
        if model in (User, Session):
            continue
        for column in model._meta.local_concrete_fields:
            rows = _pointing(model, column, person, users)
            if rows:
                title, role = str(model._meta.verbose_name), label_of(column)
                found.sections.append(Section(title, role, rows))
    return found


def _pointing(
    model: type[Model], column: "Field[Any, Any]", person: Person, users: list[User]
) -> list[dict[str, str]]:
    target = column.remote_field.model if column.remote_field else None
    if target not in (Person, User):
        return []
    wanted = [person.pk] if target is Person else [user.pk for user in users]
    if not wanted:
        return []
    names = [c.name for c in model._meta.local_concrete_fields if _is_named(c)]
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{column.name}__in": wanted})
    return [_row(row) for row in rows.select_related(*names).order_by("pk")]


def label_of(column: "Field[Any, Any]") -> str:
    """Return what a column is called in Vietnamese, also where its model says nothing.

    Nothing for one without words, which only the program itself reads.
    """
    name, told = column.name, str(column.verbose_name)
    if column.primary_key:
        return _("mã số")
    if told != name.replace("_", " "):
        return told
    if column.remote_field and column.remote_field.model is User:
        return _("tài khoản") if name == "user" else _("người làm")
    if column.remote_field:
        return str(column.remote_field.model._meta.verbose_name)
    return str(WORDS.get(name, ""))


def _is_named(column: "Field[Any, Any]") -> bool:
    return bool(column.remote_field and column.remote_field.model in NAMED)


def _row(row: Model) -> dict[str, str]:
    """Return the columns that a person reads, by what they are called."""
    told = {}
    left_out = NEVER | NEVER_OF.get(row._meta.label_lower, set())
    for column in row._meta.local_concrete_fields:
        if column.name in left_out or isinstance(column, JSONField | FoldedField | SortKeyField):
            continue
        label, value = label_of(column), _told(row, column)
        if label and value:
            told[label] = value
    text = getattr(row, "text", "")
    if isinstance(text, str) and text and not _has_column(row, "text"):
        told[_("nội dung đầy đủ")] = text
    return told


def _has_column(row: Model, name: str) -> bool:
    return any(column.name == name for column in row._meta.local_concrete_fields)


def _told(row: Model, column: "Field[Any, Any]") -> str:
    value = getattr(row, column.attname)
    if value in (None, ""):
        return ""
    if _is_named(column):
        return str(getattr(row, column.name))
    if column.remote_field:
        return _("số %(number)s") % {"number": value}
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M:%S %d/%m/%Y")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Left:
    """How many rows of a table still hold the name, as text."""

    title: str
    count: int


def still_named(person: Person, name: str) -> Iterator[Left]:
    """Yield where ``name`` stands as text: frozen papers, the trail, what somebody typed.

    Reads every table through: for the page of a request, not for a list.
    """
    for model in apps.get_models():
        columns = [
            c.name
            for c in model._meta.local_concrete_fields
            if isinstance(c, LineField | BodyField)
        ]
        rows: QuerySet[Any] = model._default_manager.none()
        for column in columns:
            rows = rows | model._default_manager.filter(**{f"{column}__contains": name})
        if model is Person:
            rows = rows.exclude(pk=person.pk)
        count = rows.count() if columns else 0
        if count:
            yield Left(str(model._meta.verbose_name), count)
