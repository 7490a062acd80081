"""Appointments: offered from schedules, booked never over capacity, moved, checked in."""
