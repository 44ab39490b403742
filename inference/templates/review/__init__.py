"""The review page of a library: one HTML file that needs nothing else."""
