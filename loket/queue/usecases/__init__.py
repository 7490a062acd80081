"""The acts of the queue, one room per moment in a ticket's life.

``issuing`` where a ticket and its number are made · ``calling`` call next and recall · ``serving``
the other acts on one ticket · ``undoing`` taking back the last one · ``leasing`` numbers for desks
without their server · ``seating`` who sits at which counter · ``ledger`` what all of them write.
"""
