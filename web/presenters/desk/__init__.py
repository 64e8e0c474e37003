"""What do the worker's pages say? One presenter a page: casework and matching come in, words for a template go out."""
