"""The supervisor: who waits too long, what to open, when."""
