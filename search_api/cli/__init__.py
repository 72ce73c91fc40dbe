"""The command `labour`: each command in its own module, loaded when it is called."""
