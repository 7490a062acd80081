"""Beheer: what is set once and holds every day; a frame with sections."""
