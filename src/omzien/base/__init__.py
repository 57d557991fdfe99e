"""The nouns that every line of the programme shares: people, places, letters, the journal."""
