"""What a clerk does with appointments; each act is one transaction."""
