"""What both sides of the wire share: base models, problems, header names."""
