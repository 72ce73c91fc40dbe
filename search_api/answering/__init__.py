"""From hits to an answer: choose, verify, fold, group, and say how sure the system is."""
