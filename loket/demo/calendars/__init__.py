"""The calendars of Heidebeek: schedules, what was booked in them, and who comes."""
