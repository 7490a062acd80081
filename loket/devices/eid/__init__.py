"""The Belgian eID: who holds the card and where they live, and nothing else of it."""
