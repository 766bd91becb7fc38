"""From what a user types to a query, and from what is found to what is shown (查询)."""
