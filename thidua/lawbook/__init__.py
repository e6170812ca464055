"""The law as dated data with citations. Pure Python: no database, no clock, no request."""
