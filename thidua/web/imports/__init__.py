"""Pages: bringing sheets in and giving them out."""
