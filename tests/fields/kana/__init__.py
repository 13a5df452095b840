"""The kana ladder: its honesty and its explanations."""
