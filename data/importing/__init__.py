"""A company's own transcripts as records of the corpus."""
