"""Everything of Loket that is not Qt: what a town hall does, and the ways between desk and server."""

__version__ = "0.1.0"
