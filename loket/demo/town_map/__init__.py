"""Heidebeek's own map: a centre, four villages, roads between them; the same at every start."""
