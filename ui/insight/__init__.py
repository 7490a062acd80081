"""Rapporten: the figures of the queue over any period, shown and exported."""
