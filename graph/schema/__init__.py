"""The kinds of nodes and edges and their properties (图模式)."""
