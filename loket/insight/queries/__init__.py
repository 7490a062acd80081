"""Readings of insight: figures over a period, and the day that is going on."""
