"""Records, taxonomy and corpus tools of bylostalo."""
