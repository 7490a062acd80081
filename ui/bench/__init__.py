"""``python -m loket bench ui``: how fast the window is, on this machine."""
