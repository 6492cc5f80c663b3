"""Fixtures that start real servers (being written)."""
