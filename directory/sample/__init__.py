"""How does the sample city get into an empty database? Read and check every file first, then one transaction."""

from directory.sample.loading import SampleReport, is_empty, load_sample

__all__ = ["SampleReport", "is_empty", "load_sample"]
