"""Parts of the supervisor's screen: figures, table, counters, chart, advice, waiting room."""
