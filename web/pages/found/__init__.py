"""What may be meant, and how two things hang together (查得)."""
