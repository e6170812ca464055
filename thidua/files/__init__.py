"""Bytes kept once by their SHA-256, and what may come in."""
