"""News for the apps above, sent inside the transaction of the deed it belongs to."""

from typing import Any

from django.dispatch import Signal

# owner_concerned: user (User), sentence (a `gettext_noop` sentence), facts (dict of str | int),
# address (the e-mail that the account has or had until now; may be empty). Somebody else did
# something to a person's way in: the owner is told, whatever they chose to be told of.
owner_concerned = Signal()


def tell_owner(user: Any, sentence: str, *, address: str = "", **facts: str | int) -> None:
    """Send `owner_concerned` about ``user``, to ``address`` if given, else to the one kept."""
    owner_concerned.send(
        sender=type(user),
        user=user,
        sentence=sentence,
        facts=facts,
        address=address or user.email,
    )
