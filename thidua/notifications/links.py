"""Where a notice leads. The pages, which stand above, say which address shows which things."""

from django.urls import reverse

_addresses: dict[str, str] = {}


def lead_to(label: str, address_name: str) -> None:
    """Tell that things of ``label`` (app.model) are shown at the address of that name."""
    _addresses[label] = address_name


def address_of(label: str, pk: int | None) -> str:
    """Return the address that shows the thing, or an empty text when there is none."""
    name = _addresses.get(label)
    return reverse(name, args=[pk]) if name and pk else ""
