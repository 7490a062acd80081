"""The server, composed: settings, the application, its jobs, the command line."""
