"""Official papers as facts, and what is made of them: PDF, Word, text, checks. No database."""
