"""What stands near an answer (答案旁边): near queries, other readings of names, what search finds beneath."""
