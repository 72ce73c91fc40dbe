"""What is wrong with a library folder, and which command mends it; nothing here writes."""
