"""Acts on papers: freezing and signing a version, giving and cancelling numbers, legal texts."""

from thidua.documents.actions.legal import TextFacts, add_legal_text, write_legal_text
from thidua.documents.actions.numbering import (
    Line,
    NumberMoved,
    cancel_number,
    close_book,
    open_book,
    peek_number,
    symbol_of,
    take_number,
)
from thidua.documents.actions.papers import freeze_official, withdraw_paper
from thidua.documents.actions.printing import CannotPrint, print_version
from thidua.documents.actions.versions import (
    ChangedText,
    Signer,
    Wording,
    authorization_of,
    freeze_text,
    sign_version,
)

__all__ = [
    "CannotPrint",
    "ChangedText",
    "Line",
    "NumberMoved",
    "Signer",
    "TextFacts",
    "Wording",
    "add_legal_text",
    "authorization_of",
    "cancel_number",
    "close_book",
    "freeze_official",
    "freeze_text",
    "open_book",
    "peek_number",
    "print_version",
    "sign_version",
    "symbol_of",
    "take_number",
    "withdraw_paper",
    "write_legal_text",
]
