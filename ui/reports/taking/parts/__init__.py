"""The parts of the screen on which a report is taken down."""
