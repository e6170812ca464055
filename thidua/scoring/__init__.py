"""Scoring tables, cards marked in layers, results and rankings."""
