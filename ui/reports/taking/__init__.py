"""Taking a report down."""
