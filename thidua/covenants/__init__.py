"""The covenant: its clauses, comments, freezing and signing round."""
