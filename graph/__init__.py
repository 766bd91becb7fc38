"""The record and the graph (图谱): plans stored, questions answered. Start at store.py."""
