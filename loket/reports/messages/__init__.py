"""Reports on the wire, shared by desk and server; each room is imported by its own name."""
