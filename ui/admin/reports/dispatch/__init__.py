"""Verdeling: the rules by which reports are sent on, in order."""
