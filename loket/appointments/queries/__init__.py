"""Reading calendars, appointments, wishes and feeds."""
