"""Parts of the counter screen: who is here, what can be done, what helps, what is chosen."""
