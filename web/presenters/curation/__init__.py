"""What do the pages of the curation desk print? One subject a module."""
