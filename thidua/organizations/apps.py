"""The organizations app."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organisations with dated names, people and their offices, blocs."""

    name = "thidua.organizations"
