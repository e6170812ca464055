"""The settings with what makes tests fast and quiet."""

import os
import tempfile
from pathlib import Path

# Tests neither read a person's .env nor touch a person's data.
os.environ["READ_DOTENV"] = "0"
os.environ["DATA_DIR"] = os.environ.get("DATA_DIR") or tempfile.mkdtemp(prefix="thidua-test-")
os.environ.setdefault("SECRET_KEY", "for tests alone")

from config.settings import *  # noqa: F403  (the environment must be set before)

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# One folder for each process: what one of them blanks must not be missing in another.
FILES_DIR = Path(tempfile.mkdtemp(prefix="files-", dir=DATA_DIR))  # noqa: F405
INCOMING_DIR = FILES_DIR / "incoming"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {"BACKEND": "thidua.files.storage.KeptFiles", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if IS_SQLITE:  # noqa: F405
    # What a test writes is thrown away: nothing needs to survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
# The tables are made as the models tell it, in a tenth of the time of the migrations (both are
# held against each other in tests/kills/test_schema.py); `tests/conftest.py` adds the triggers.
DATABASES["default"]["TEST"] = {"MIGRATE": False}  # noqa: F405
