"""Partijen: who outside the town hall handles reports."""
