"""Where things are: the streets, addresses and map of the town."""
