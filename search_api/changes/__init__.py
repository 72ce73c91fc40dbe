"""What changed for readers from one generation to another."""
