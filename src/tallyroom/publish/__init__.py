"""Record, results and findings into a static site and data files that stand alone."""
