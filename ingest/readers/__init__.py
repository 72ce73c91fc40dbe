"""One reader a format; each ends in pieces over a stored text, and nothing later knows the format."""
