"""Papers of members written elsewhere: brought as Word or PDF, read here as text, searched."""
