"""The window around the screens: rail, top bar, messages, sign-in."""
