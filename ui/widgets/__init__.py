"""Controls and displays of the house; they know no screen."""
