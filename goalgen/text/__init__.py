"""Judge pieces of Chinese text: their characters, typography and likeness, and how markup writes them."""
