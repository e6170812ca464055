"""What can be done with a covenant: `drafting`, then `freezing`, then `signing`."""
