"""Tests of `marks`."""
