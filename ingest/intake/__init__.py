"""The intake: files read in processes of their own, within limits, side by side, with a report."""
