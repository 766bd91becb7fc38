"""The chain of authority (依据链): what plans rest on, level by level, as a staircase in which nothing crosses."""
