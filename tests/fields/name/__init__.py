"""The name ladder: its tables, its honesty, its explanations."""
