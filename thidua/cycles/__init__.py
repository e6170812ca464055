"""The emulation year of a bloc: who takes part, in which role, when what is due."""
