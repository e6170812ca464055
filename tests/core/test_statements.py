"""Statements read as Django writes them, whatever they ask for and are sorted by."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Model, QuerySet, Value
from django.db.models.functions import Lower, Upper

from thidua.core.statements import Selecting
from thidua.organizations.models import Bloc, Organization

Query = Callable[[type[Model]], QuerySet[Any]]
SOME: dict[str, Query] = {
    "all": lambda model: model._default_manager.all(),
    "by its key": lambda model: model._default_manager.order_by("-pk"),
    "by nothing": lambda model: model._default_manager.order_by(),
    "by chance": lambda model: model._default_manager.order_by("?"),
    "by an expression": lambda model: model._default_manager.order_by(F("pk").desc(), "pk"),
    "the other way": lambda model: model._default_manager.order_by("pk").reverse(),
    "with what it leads to": lambda model: model._default_manager.select_related(),
    "without columns": lambda model: model._default_manager.only("pk"),
    "one column": lambda model: model._default_manager.order_by("pk").values_list("pk"),
    "as something": lambda model: model._default_manager.values(it=F("pk")).order_by("it"),
    "each once": lambda model: model._default_manager.distinct().order_by("pk"),
    "with a count": lambda model: model._default_manager.annotate(n=Count("pk")).order_by("-n"),
    "with a value": lambda model: model._default_manager.annotate(n=Value(1)).order_by("n", "pk"),
    "with more": lambda model: model._default_manager.extra({"n": "1"}).order_by("n"),
    "the last three": lambda model: model._default_manager.order_by("-pk")[:3],
    "locked": lambda model: model._default_manager.select_for_update().order_by("pk"),
    "of several": lambda model: model._default_manager.order_by().union(
        model._default_manager.order_by().filter(pk=1)
    ),
}
MORE: dict[str, Callable[[], QuerySet[Any]]] = {
    "over a relation": lambda: Bloc.objects.order_by("managing_body__name", "-managing_body"),
    "joined twice": lambda: Organization.objects.select_related("parent__parent").order_by(
        "parent__parent__name"
    ),
    "asked within": lambda: Bloc.objects.filter(
        managing_body__in=Organization.objects.order_by("name").values("pk")[:2]
    ),
    "letter by letter": lambda: Organization.objects.order_by(Upper("name"), Lower("name").desc()),
    "several, sorted": lambda: (
        Organization.objects.order_by()
        .values_list("name")
        .union(Organization.objects.order_by().values_list("short_name"))
        .order_by("name")
    ),
}


def written(query: QuerySet[Any], compiler: type[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement with its values, as ``compiler`` puts it together."""
    sql, params = compiler(query.query, connection, connection.alias).as_sql()
    return sql, tuple(params)


def both(ask: Callable[[], QuerySet[Any]]) -> list[tuple[str, tuple[Any, ...]]]:
    """Return what the program's compiler makes of a query, and what Django's own does."""
    django = import_module(connection.ops.compiler_module).SQLCompiler
    ours = connection.ops.compiler("SQLCompiler")
    assert issubclass(ours, Selecting)
    assert not issubclass(django, Selecting)
    return [written(ask(), ours), written(ask(), django)]


@pytest.mark.django_db
@pytest.mark.twice
@pytest.mark.parametrize("ask", SOME.values(), ids=SOME)
def test_what_is_asked_of_any_model_reads_as_django_writes_it(ask):
    for model in apps.get_models():
        ours, django = both(lambda model=model: ask(model))
        assert ours == django


@pytest.mark.django_db
@pytest.mark.twice
@pytest.mark.parametrize("ask", MORE.values(), ids=MORE)
def test_what_leads_over_relations_reads_as_django_writes_it(ask):
    ours, django = both(ask)

    assert ours == django
