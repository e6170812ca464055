"""Pages: marking."""
