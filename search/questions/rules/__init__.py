"""The rules of questions (读题规则): each looks for its own tokens, says what they mean, and marks them as used."""
