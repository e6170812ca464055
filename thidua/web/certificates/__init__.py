"""Pages: whom the house believes about certificates, whose they are, keys that are held here."""
