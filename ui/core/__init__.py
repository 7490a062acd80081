"""What the screens share below QtWidgets: tasks, actions, preferences, sentences."""
