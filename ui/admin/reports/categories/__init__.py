"""Categorieën: what reports are about, and where they go then."""
