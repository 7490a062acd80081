"""Tickets: numbers, states, who is called next, what a new visitor may expect."""
