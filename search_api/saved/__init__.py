"""Saved searches: questions that are asked again whenever the index has changed."""
