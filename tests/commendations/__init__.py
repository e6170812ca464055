"""Tests of awards and rankings of years past."""
