"""Acts on papers: freezing and signing a version, giving and cancelling numbers, legal texts."""

from thidua.documents.actions.versions import (
    ChangedText,
    Wording,
    authorization_of,
    freeze_text,
    sign_version,
)

__all__ = [
    "ChangedText",
    "Wording",
    "authorization_of",
    "freeze_text",
    "sign_version",
]
