"""The PDF reader: from words and rules on pages to elements in reading order."""
