"""What a company's own replies teach: its frame and its pairs of sentences."""
