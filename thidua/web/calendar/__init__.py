"""Pages: the calendar of a year, of a person, and the address from which programs read it."""
