"""The configuration of the program."""
