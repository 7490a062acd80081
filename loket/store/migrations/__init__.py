"""The history of the tables; :mod:`loket.store.migrate` runs it."""
