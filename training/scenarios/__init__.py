"""Conversations to rehearse: their format, checks, audit, play, debrief, mastery."""
