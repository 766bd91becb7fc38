"""The facts of a plan as people see them (事实): by task, and as cards."""
