"""The generations of a library folder: build one, open one, ask what the published one is of."""

from index.building import Progress, build, build_from
from index.opening import Generation, current_digest, open_generation
from index.supplies import Built, Content, Supply

__all__ = [
    "Built",
    "Content",
    "Generation",
    "Progress",
    "Supply",
    "build",
    "build_from",
    "current_digest",
    "open_generation",
]
