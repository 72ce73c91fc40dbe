"""Watching folders: what is put there is added to the library, and the index follows."""
