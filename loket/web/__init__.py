"""The server's kernel for HTTP: problems, who is asking, acts done once, the event stream."""
