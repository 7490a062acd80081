"""Mail that comes in: the bytes of a message, read into what it says. Pure: no mailbox, no file."""
