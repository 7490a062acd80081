"""Measurements: one JSON object per line, correctness counted from the rows."""
