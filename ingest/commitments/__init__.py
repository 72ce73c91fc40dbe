"""From the blocks of a Document to its commitments: one module a form of text, one function a rule."""
