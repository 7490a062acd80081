"""What the figures of the queue tell: over any period, and exported."""
