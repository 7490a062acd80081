"""Mail that comes in: put in the file that it belongs to, or kept until somebody has looked."""
