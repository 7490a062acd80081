"""The parts of the follow-up screen."""
