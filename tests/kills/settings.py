"""The settings of real work, with some work to do that exists for tests alone."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.kills.samples"]  # noqa: F405
