"""Commands that belong to the surface: serving, and the catalogues of its words."""
