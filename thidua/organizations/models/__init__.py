"""Organisations, the people who hold offices in them, blocs, and how all of them changed."""

from thidua.organizations.models.blocs import Bloc, BlocSuccession
from thidua.organizations.models.changes import Reorganization, Succession
from thidua.organizations.models.people import Office, Person
from thidua.organizations.models.units import NOT_TOLD, SYMBOL, Level, Name, Organization

__all__ = [
    "NOT_TOLD",
    "SYMBOL",
    "Bloc",
    "BlocSuccession",
    "Level",
    "Name",
    "Office",
    "Organization",
    "Person",
    "Reorganization",
    "Succession",
]
