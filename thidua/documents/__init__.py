"""Frozen texts with their digests, and the signatures under them."""
