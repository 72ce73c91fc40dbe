"""The routes, one file for each thing asked for."""
