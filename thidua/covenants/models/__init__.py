"""Covenants: what the members of a bloc promise for one year, and how they sign it."""

from thidua.covenants.models.links import Contact, SigningLink
from thidua.covenants.models.local import LocalSigning
from thidua.covenants.models.rounds import (
    Declaration,
    Decline,
    DeclineAnswer,
    Expiry,
    Extension,
    Missing,
    PassedTurn,
    Reminder,
    Substitute,
    Turn,
    Unfreezing,
)
from thidua.covenants.models.texts import Clause, Comment, Covenant

__all__ = [
    "Clause",
    "Comment",
    "Contact",
    "Covenant",
    "Declaration",
    "Decline",
    "DeclineAnswer",
    "Expiry",
    "Extension",
    "LocalSigning",
    "Missing",
    "PassedTurn",
    "Reminder",
    "SigningLink",
    "Substitute",
    "Turn",
    "Unfreezing",
]
