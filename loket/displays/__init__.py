"""Screens in waiting rooms: paired by a code, fed by a stream of numbers, never of names."""
