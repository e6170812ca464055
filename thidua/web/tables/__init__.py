"""Pages of the scoring table."""
