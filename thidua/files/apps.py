"""The files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Bytes kept once by their SHA-256, and what may come in."""

    name = "thidua.files"
