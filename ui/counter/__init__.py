"""The counter: call, serve, finish."""
