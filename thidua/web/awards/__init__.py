"""Pages of honours that were decided, and of rankings of years past."""
