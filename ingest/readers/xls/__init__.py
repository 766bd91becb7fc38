""".xls and .et (MS-XLS, BIFF in a compound file). Start at read.py."""
