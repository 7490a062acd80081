"""The demonstration town of Heidebeek: its catalogue, its staff, and thirteen weeks of history."""
