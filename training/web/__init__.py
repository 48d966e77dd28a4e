"""Pages: the only layer that knows HTTP. One module an audience."""
