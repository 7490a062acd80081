"""Arranging reports: rules, terms, categories, parties and ready replies; or all of it by file."""
