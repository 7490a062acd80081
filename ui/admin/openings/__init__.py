"""Openingsmomenten: when a queue takes appointments, with a preview of the weeks to come."""
