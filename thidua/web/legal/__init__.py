"""Pages: legal texts."""
