"""Pages: a personal link for a head without an account."""
