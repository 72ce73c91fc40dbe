"""Low-rank adapters: a few megabytes that fit an embedding model to the questions of a field."""
