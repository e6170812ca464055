"""Pages: the book of outgoing papers."""
