"""Pages: verifying."""
