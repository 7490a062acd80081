"""The rules of the queue, pure: the life of a ticket, who is next, the wait that is promised."""
