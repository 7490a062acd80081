"""The scripted Monday morning: real windows, a real server, real paper."""
