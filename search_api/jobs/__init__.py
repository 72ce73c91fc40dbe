"""Jobs: additions and removals of documents that were asked for over HTTP, done one batch at a time."""
