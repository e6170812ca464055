"""The old leader of a year hands it over: what is open, what is kept, from when only to read."""
