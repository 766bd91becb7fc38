"""What a library holds (馆藏), as lists that are sorted and filtered: plans, units, documents."""
