"""Pages: covenants."""
