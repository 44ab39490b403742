"""Whole libraries of reply templates: read, diagnose, rewrite, review, write back."""
