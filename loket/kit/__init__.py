"""Small pieces without a meaning of their own in a town hall; imports nothing of loket."""
