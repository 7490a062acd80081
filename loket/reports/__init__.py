"""Reports of citizens: taken down, dispatched, followed up and answered."""
