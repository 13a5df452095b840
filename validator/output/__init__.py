"""What a run leaves: staged files, hand-over, summary, tables, terminal."""
