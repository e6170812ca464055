"""Tests of the house: set-up, look, mail, checks."""
