"""The settings of real work, with some work to do that exists for tests alone."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kills.samples"]  # noqa: F405
if IS_SQLITE:  # noqa: F405
    # What is killed and not switched off needs the disk no more than that.
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
