"""What is fitted to written questions: the adapter, the weights of the ranking, the confidence."""
