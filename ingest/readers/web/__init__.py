"""The parts of a web page: its characters, its tags, its lists, tables and blocks."""
