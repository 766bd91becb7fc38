"""The time map (时间图): units by months, and columns for what has no month (年内, 定期, 无日期, 未写)."""
