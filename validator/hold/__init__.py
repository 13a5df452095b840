"""From levels to a decision: policy, verdict, cause, likelihood, action."""
