"""Appointments: find a free moment, book it while talking, and look after what is booked."""
