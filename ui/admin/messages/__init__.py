"""Berichten: what goes out to citizens, and the texts they get."""
