"""The texts we hold, their catalogue, and the vocabulary of the system: types, ids, errors."""
