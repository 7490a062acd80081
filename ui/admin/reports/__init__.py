"""Meldingen: rules of dispatch, terms, categories, ready replies, parties outside."""
