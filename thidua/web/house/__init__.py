"""Pages: setting the installation up, and looking after it."""
