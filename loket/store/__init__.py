"""The server's kernel for data: engines, units of work, journal, events, keys, migrations."""
