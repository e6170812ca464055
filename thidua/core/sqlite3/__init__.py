"""The database engine of an installation without a server: see `base`."""
