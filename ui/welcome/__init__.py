"""The welcome desk: from greeting to printed ticket."""
