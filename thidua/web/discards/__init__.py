"""Deleted drafts."""
