"""Werklijst: who must be called because their appointment no longer fits."""
