"""The arrays that flow between the parts of the index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Rows of unit length, one a text; or a single such vector."""
Positions = NDArray[np.int64]
"""Places of passages in their generation, from 0."""
Scores = NDArray[np.float32]
"""One value for each of some positions; higher is better."""
TokenIds = NDArray[np.int32]
"""Places of tokens in a model's vocabulary."""
