"""The rules of places: spots and distances, inside and outside, addresses as people type them."""
