"""Tables without ruling lines (无框线表格)."""
