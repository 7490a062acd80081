"""The rules of appointments: lengths and cells, schedules, free moments, the life of one."""
