"""Bringing the index up to date: what it did or would do, what became of each document, and purging."""
