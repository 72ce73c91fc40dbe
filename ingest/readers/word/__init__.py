"""The parts of a Word file: its package, its styles, its numbering, its paragraphs, tables and notes."""
