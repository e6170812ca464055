"""The papers of a year: drafts, and what members bring as they wrote it elsewhere."""

from thidua.paperwork.models.brought import Article, Brought
from thidua.paperwork.models.drafts import Draft, Saving

__all__ = ["Article", "Brought", "Draft", "Saving"]
