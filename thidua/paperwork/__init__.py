"""The papers of a year: drafted from its data, edited in their free parts, issued, gathered."""
