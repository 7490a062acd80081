"""The acts of the queue, one room per moment in a ticket's life.

``issuing`` where a ticket and its number are made · ``products`` what else it is for · ``calling``
call next and recall · ``serving`` the other acts on one ticket · ``parking`` away for a while and
back · ``transferring`` to another queue or counter · ``undoing`` taking back the last one ·
``pausing`` of counters · ``opening`` of queues by hand · ``ending`` of the day · ``leasing``
numbers for desks without their server · ``seating`` who sits at which counter · ``ledger`` what all
of them write.
"""
