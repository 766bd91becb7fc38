"""What a task says besides who does it (事实): one file a kind of fact."""
