"""What follows from a plan's record (推导): rows, deadlines, gaps, documents. Pure, the same for every store."""
