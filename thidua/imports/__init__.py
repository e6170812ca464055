"""Sheets that a board brings: read, shown, checked, then written in one transaction."""
