"""Reports: taken down while the person talks, and followed up."""
