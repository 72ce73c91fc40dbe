"""Passages -> searchable generation -> hits."""
