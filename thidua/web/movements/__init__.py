"""Pages: movements."""
