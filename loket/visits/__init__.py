"""The visit: everything that happens with one citizen around one arrival."""
