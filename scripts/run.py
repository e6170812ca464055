"""`make run`: check the machine, prepare `.venv`, then become `manage.py serve`."""

import os

from scripts.checks import ROOT, check_data_folder, check_database_url, check_port, setting
from scripts.debian import LETTERS, install
from scripts.environment import PYTHON, prepare


def main() -> None:
    """Serve the program; whatever stands in the way is said in one sentence."""
    os.chdir(ROOT)
    check_port()
    check_database_url()
    check_data_folder()
    prepare("base")
    if not setting("PAPER_FONTS", ""):
        install(LETTERS)  # without them papers are printed all the same, and the check page says so
    os.execv(PYTHON, [str(PYTHON), "manage.py", "serve"])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
