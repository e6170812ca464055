"""Journeys in a real browser: what no test of a view can see."""
