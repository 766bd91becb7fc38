"""Talking to the server (连接): transactions, outages, silence, the writer's lease."""
