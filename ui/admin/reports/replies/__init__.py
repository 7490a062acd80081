"""Antwoordsjablonen: replies that stand ready, with fields."""
