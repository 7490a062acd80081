"""Acts on messages; ``posting`` is for the use cases of other areas."""
