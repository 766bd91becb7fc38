"""From requests that ask (问) to what they mean: words, questions, lists by their conditions, structure."""
