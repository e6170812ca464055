"""Tests of the files that put the program on a server."""
