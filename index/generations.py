"""The generations of a library folder: build one, open one, ask what the published one is of."""

from index.building import Progress, build
from index.opening import Generation, current_digest, open_generation

__all__ = ["Generation", "Progress", "build", "current_digest", "open_generation"]
