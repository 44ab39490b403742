"""Metrics of diagnoses and rewrites."""
