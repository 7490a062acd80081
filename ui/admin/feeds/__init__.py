"""Agenda-adressen: addresses at which office programs follow a calendar."""
