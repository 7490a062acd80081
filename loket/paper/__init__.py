"""From facts to bytes: the slip of a ticket and the receipt of a visit, as PDF."""
