"""The rules of insight: what figures are made of, how a day goes, what a supervisor must hear."""
