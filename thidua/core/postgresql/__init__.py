"""The database engine of an installation with a server: see `base`."""
