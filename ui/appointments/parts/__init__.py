"""What the screen of appointments is made of."""
