"""The commands of the demo app."""
