"""Words of every face (措辞): sentences by code, the English catalogue."""
