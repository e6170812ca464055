"""The papers of a year: the list, a draft with its preview, issuing, the ZIP of all."""
