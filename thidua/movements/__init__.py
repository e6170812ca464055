"""Emulation movements: who launched them, for how long, who takes part."""
