"""Measurements: each prints a ratio against a yardstick taken in the same run."""
