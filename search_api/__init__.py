"""What people and programs touch: answers, the HTTP interface and the command line."""
