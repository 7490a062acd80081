"""What the screen of opening times is made of."""
