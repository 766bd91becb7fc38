"""The ledger (责任账): what of a source was read, and what looks like responsibility and was not."""
