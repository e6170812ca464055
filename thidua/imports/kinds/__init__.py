"""The kinds of sheets that can be imported, one module each, and their register."""

from importlib import import_module

from thidua.imports.kinds.base import Kind, known

MODULES = ("organizations", "blocs", "people", "accounts", "awards", "rankings")


def kinds() -> dict[str, Kind]:
    """Return all kinds by key, in the order in which a board brings them."""
    for name in MODULES:
        import_module(f"thidua.imports.kinds.{name}")
    return known()


def the_kind(key: str) -> Kind:
    """Return the kind of this key; another one is a fault of the program (`KeyError`)."""
    return kinds()[key]
