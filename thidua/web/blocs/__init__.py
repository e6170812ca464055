"""Pages: blocs."""
