"""Speed and memory of the rewriter beside other engines, on the same sentences."""
