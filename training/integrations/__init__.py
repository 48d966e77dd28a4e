"""Edges to other systems, one module each."""
