"""Trends: what many comments say over time, and how much of it is chance."""
