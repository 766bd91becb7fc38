"""Maps on the site: from a request to what a map shows, and to its files (图谱视图)."""
