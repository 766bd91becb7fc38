"""A list of tasks as offices keep it (台账): records made of the query's rows, a workbook, a plain table."""
