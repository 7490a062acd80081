"""Termijnen: the regulation of each kind of report."""
