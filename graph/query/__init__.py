"""The questions and the types of their answers (问题)."""
