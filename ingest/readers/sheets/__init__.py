"""What the readers of sheets (.xlsx, .xls, .ods, .csv) share: a sheet's cells, and how they are written as a plan."""
