"""Scoring arithmetic, ranking, ties, classes: pure Python."""
