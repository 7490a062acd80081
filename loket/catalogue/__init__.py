"""What the town offers and where: sites, departments, services, products, counters, hours."""
