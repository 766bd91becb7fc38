"""What an index is (索引): the port that engines fulfil, the entries, their fields, the tree of a query."""
