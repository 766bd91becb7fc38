"""A query as an address and as chips (查询条件)."""
