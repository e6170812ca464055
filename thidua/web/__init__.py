"""All HTML."""
