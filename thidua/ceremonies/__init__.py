"""The ceremony: a hall watches a covenant being signed, rehearses it, and keeps a picture."""
