"""The inbox: what a person should know."""
