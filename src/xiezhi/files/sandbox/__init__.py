"""Work on files of strangers, done in a child process that may fail without harm."""
