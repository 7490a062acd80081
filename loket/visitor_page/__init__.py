"""The visitor's own page: a number, a place and what happens next, for whoever has the slip."""
