"""What Bedside does, a story a function: each takes the session first, and commits."""
