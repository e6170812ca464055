"""Pages: ceremonies."""
