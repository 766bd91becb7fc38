"""Tables of tasks in their many shapes (任务表): what their cells say, and how other shapes become rows."""
