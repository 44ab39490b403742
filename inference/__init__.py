"""Diagnosis and rewriting of support replies; needs neither torch nor transformers."""
