"""Producten en duur: how long, how soon and how far ahead each product is booked."""
