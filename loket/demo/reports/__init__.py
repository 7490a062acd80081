"""Reports of a town, made up: what people say, and what became of it, the same every time."""
