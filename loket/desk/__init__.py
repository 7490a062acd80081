"""All of a desk that is not Qt, put together: the facade, settings, server, cache, printing."""
