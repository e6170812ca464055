"""What a forked process changes before it first asks its database."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import Settings, settings
from django.core.signals import setting_changed
from django.db import connections

from config.databases import database


def begin(url: str = "") -> None:
    """Give this process a folder of files of its own, and the database at ``url`` if there is one.

    What one process blanks must not be missing in another. No connection may have been opened yet.
    """
    folder = Path(tempfile.mkdtemp(prefix="files-", dir=settings.DATA_DIR))
    _set("FILES_DIR", folder)
    _set("INCOMING_DIR", folder / "incoming")
    storages: dict[str, Any] = settings.STORAGES
    files = {**storages["files"], "OPTIONS": {"location": folder}}
    _set("STORAGES", {**storages, "files": files})
    if not url:
        return
    os.environ["DATABASE_URL"] = url
    settings.DATABASES = {"default": {**database(url), "TEST": {"MIGRATE": False}}}
    settings.IS_SQLITE = False
    # A handler made anew would not do: what asks has imported this one.
    del connections["default"]
    connections._settings = settings.DATABASES  # type: ignore[attr-defined]
    del connections.settings
    assert connections["default"].vendor == "postgresql"


def _set(name: str, value: Any) -> None:
    setattr(settings, name, value)
    setting_changed.send(sender=Settings, setting=name, value=value, enter=True)
