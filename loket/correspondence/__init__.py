"""What goes out to a citizen: written in the act itself, sent after it, never twice."""
