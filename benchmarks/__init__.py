"""Measurements of speed and load; run by hand, never by the tests. Each prints its figures as one JSON object."""
