"""Following reports up: which ones, the whole file, what is said, and whose it is."""
