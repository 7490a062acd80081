"""Everything of Loket that is not Qt: what a town hall does, and the way from desk to server."""

__version__ = "0.1.0"
