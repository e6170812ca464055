"""Two of Django's apps without the rows that they write at each `migrate` and nobody here reads.

Rights come from appointments (`thidua.accounts`), never from the four permissions that Django would
keep for each model, nor from the list of models behind those.
"""

from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate


class Auth(AuthConfig):
    """Accounts and passwords, without permissions."""

    def ready(self) -> None:
        """Do as Django does, but for the permissions."""
        super().ready()
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


class ContentTypes(ContentTypesConfig):
    """The table that permissions would point at, left empty."""

    def ready(self) -> None:
        """Do as Django does, but for the list of models."""
        super().ready()
        post_migrate.disconnect(create_contenttypes)
